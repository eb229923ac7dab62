store-creating = creating the Parquet file
store-opening = opening the Parquet file
store-reading = reading the Parquet file
store-writing = writing the Parquet file
store-batch-holds-too-much-text = a batch holds more than 2 GiB of text
