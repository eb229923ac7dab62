## draw/theme_files

draw-file-is-no-font = `{ $path }` is not a TrueType or OpenType font
draw-font-is-another-typeface = `{ $path }` is the typeface `{ $named }`, not `{ $family }`
draw-semibold-must-be-heavier = `font_semibold` has weight { $semibold }, `font_regular` { $regular }: the second must be heavier
draw-logo-cannot-be-printed = the logo { $path } cannot be printed: { $problem }
draw-svg-is-packed = it is no text in UTF-8, but packed perhaps (svgz): save it as plain SVG
draw-svg-holds-a-web-page = it holds a piece of a web page (foreignObject): draw its texts as paths
draw-svg-links-to-a-picture = it links to a picture in another file: put the picture into it, or take it out
draw-logo-is-no-picture = `{ $path }` is not a picture of its kind
draw-logo-is-too-large = `{ $path }` is { $width } × { $height } pixels; at most { $most } along a side
