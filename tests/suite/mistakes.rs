//! The mistakes that users were seen to make, each with the message that it ends in: where it is, and what to do.
//!
//! `tests/cases/mistakes/<case>/` is written as `tests/cases/cli` is. The twentieth, two runs at once, is
//! `cli::a_folder_that_another_run_works_on_is_left_to_it`; a full disk says what `Failure::io` says of it.

cases! { "mistakes", crate::cli::check:
    m01_header_misspelt m02_column_gone m03_lock_file_under_a_pattern m04_wrong_year
    m05_saved_with_another_ending m06_new_category m07_unit_renamed m08_files_overlap m09_empty_file
    m10_american_dates m11_template_typo m12_text_that_no_room_asks_for m13_untested_word m14_wrong_type
    m15_marks_of_toml m16_job_in_another_encoding m17_byte_order_mark_and_line_ends
    m18_spaces_and_letters_in_paths m19_output_is_a_file m21_unknown_names m22_run_by_file_name
    m23_text_called_workbook m24_words_beside_numbers m25_pattern_that_no_shell_filled_in m26_downloaded_twice
    m27_a_year_of_2203 m28_asked_by_the_number
}
