## draw/theme_files

draw-file-is-no-font = `{ $path }` is not a TrueType or OpenType font
draw-font-is-another-typeface = `{ $path }` is the typeface `{ $named }`, not `{ $family }`
draw-semibold-must-be-heavier = `font_semibold` has weight { $semibold }, `font_regular` { $regular }: the second must be heavier
draw-logo-is-no-picture = `{ $path }` is not a picture of its kind
draw-logo-is-too-large = `{ $path }` is { $width } × { $height } pixels; at most { $most } along a side
