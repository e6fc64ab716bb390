//! What all pictures share: the document around them, text, colours.

use quick_xml::escape::escape;

/// Average width of a letter as a share of the font size (sans serif, mixed case); a picture leaves room by it.
const LETTER: f64 = 0.55;

/// An SVG document in the making.
pub(crate) struct Svg {
    body: String,
    width: f64,
    height: f64,
}

/// Colours by role: light screens and print first, dark screens second.
const STYLE: &str = "svg{background:#fff;color:#1a1a1a;font-family:'DejaVu Sans','Noto Sans','Noto Sans Arabic',Ubuntu-Light,sans-serif;font-size:13px}\
.ink{fill:#1a1a1a}.faint{fill:#5c5c5c}.line{stroke:#7a7a7a;fill:none}.grid{stroke:#d0d0d0;fill:none}.land{fill:#f1efe8;stroke:#b5b0a2}\
.node{fill:#fff;stroke:#1a1a1a}.mark{fill:#1f5fa8;stroke:#1f5fa8}.good{stroke:#1f5fa8;fill:none}.bad{stroke:#b3261e;fill:none}\
.other{stroke:#5c5c5c;fill:none}.origin{fill:#1f5fa8;stroke:#1f5fa8}.water{fill:#e8f0f6}.head{fill:#1a1a1a;font-size:15px;font-weight:bold}\
.halo{paint-order:stroke;stroke:#fff;stroke-width:3px;stroke-linejoin:round}.small{font-size:11px}\
.open{stroke:#1b7f3b;fill:none}.cut{stroke:#b3261e;fill:none}.contested{stroke:#b86e00;fill:none}.unknown{stroke:#7a7a7a;fill:none}\
.open-land{fill:#d3ecd9;stroke:#b5b0a2}.cut-land{fill:#f6d5d2;stroke:#b5b0a2}.contested-land{fill:#fbe6c4;stroke:#b5b0a2}\
@media (prefers-color-scheme:dark){svg{background:#16181c;color:#ececec}.ink{fill:#ececec}.faint{fill:#a8a8a8}.line{stroke:#8c8c8c}\
.grid{stroke:#3a3d42}.land{fill:#26292e;stroke:#565b63}.node{fill:#16181c;stroke:#ececec}.mark,.origin{fill:#7db3f0;stroke:#7db3f0}\
.good{stroke:#7db3f0}.bad{stroke:#f2877f}.other{stroke:#a8a8a8}.water{fill:#1c2430}.head{fill:#ececec}.halo{stroke:#16181c}\
.open{stroke:#6fcf8a}.cut{stroke:#f2877f}.contested{stroke:#f0b455}.unknown{stroke:#a8a8a8}\
.open-land{fill:#1d3d28;stroke:#565b63}.cut-land{fill:#4a2320;stroke:#565b63}.contested-land{fill:#47371a;stroke:#565b63}}\
@media print{svg{background:#fff;color:#000}.ink,.head,.faint{fill:#000}.halo{stroke:#fff}}";

/// Patterns that tell cut and contested land apart where there are no colours.
const HATCHES: &str = "<pattern id=\"cut-lines\" width=\"8\" height=\"8\" patternUnits=\"userSpaceOnUse\"><path d=\"M0,0 L8,8 M8,0 L0,8\" class=\"cut\" \
stroke-opacity=\"0.35\"/></pattern><pattern id=\"contested-lines\" width=\"8\" height=\"8\" patternUnits=\"userSpaceOnUse\"><path d=\"M0,8 L8,0\" \
class=\"contested\" stroke-opacity=\"0.45\"/></pattern>";

/// What stands before the colours of dark screens in [`STYLE`].
const DARK: &str = "@media (prefers-color-scheme:dark){";

/// Turns a picture of ours into one that is dark on every screen and on paper.
pub fn dark(svg: &str) -> String {
    let Some((before, rest)) = svg.split_once(DARK) else { return svg.to_owned() };
    let Some((rules, after)) = rest.split_once("}}") else { return svg.to_owned() };
    let after =
        after.split_once("@media print{").and_then(|(_, print)| print.split_once("}}")).map_or(after, |(_, end)| end);
    let sheet = format!("{before}{rules}}}{after}");
    sheet.replacen("</defs>", "</defs>\n<rect width=\"100%\" height=\"100%\" fill=\"#16181c\"/>", 1)
}

impl Svg {
    pub(crate) fn new(width: f64, height: f64) -> Self {
        Self { body: String::new(), width, height }
    }

    /// Adds a shape as it is; its values must be numbers or words of our own.
    pub(crate) fn raw(&mut self, shape: &str) {
        self.body.push_str(shape);
        self.body.push('\n');
    }

    /// Adds a line of text with its left end (start), middle or right end (end) at `x`.
    pub(crate) fn text(&mut self, x: f64, y: f64, class: &str, anchor: &str, text: &str) {
        // Unicode isolates rather than a `direction` attribute: that turns the anchor round in browsers and not in other painters.
        let text = if is_right_to_left(text) { format!("\u{2067}{text}\u{2069}") } else { text.to_owned() };
        let text = escape(&text);
        self.raw(&format!(r#"<text x="{x:.1}" y="{y:.1}" class="{class}" text-anchor="{anchor}">{text}</text>"#));
    }

    pub(crate) fn line(&mut self, from: (f64, f64), to: (f64, f64), class: &str, extra: &str) {
        self.raw(&format!(
            r#"<line x1="{:.1}" y1="{:.1}" x2="{:.1}" y2="{:.1}" class="{class}" {extra}/>"#,
            from.0, from.1, to.0, to.1
        ));
    }

    /// A part of the document that only shows what lies inside its rectangle.
    pub(crate) fn clipped(&mut self, (x, y): (f64, f64), (w, h): (f64, f64), draw: impl FnOnce(&mut Self)) {
        self.raw(&format!(r#"<svg x="{x:.0}" y="{y:.0}" width="{w:.0}" height="{h:.0}" viewBox="0 0 {w:.0} {h:.0}">"#));
        draw(self);
        self.raw("</svg>");
    }

    /// The whole document; `title` is what a screen reader says.
    pub(crate) fn finish(self, title: &str) -> String {
        let (w, h, title, body) = (self.width, self.height, escape(title), self.body);
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{w:.0}\" height=\"{h:.0}\" viewBox=\"0 0 {w:.0} {h:.0}\" role=\"img\">\n\
             <title>{title}</title>\n<style>{STYLE}</style>\n<defs><marker id=\"tip\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"9\" \
             markerHeight=\"9\" markerUnits=\"userSpaceOnUse\" orient=\"auto-start-reverse\"><path d=\"M0,0 L8,4 L0,8 z\" class=\"faint\"/></marker>{HATCHES}</defs>\n{body}</svg>\n"
        )
    }
}

/// Room that a text takes at the usual size.
pub(crate) fn width(text: &str) -> f64 {
    text.chars().count() as f64 * 13.0 * LETTER
}

/// The text, cut to `letters` with an ellipsis.
pub(crate) fn cut(text: &str, letters: usize) -> String {
    if text.chars().count() <= letters {
        return text.to_owned();
    }
    let head: String = text.chars().take(letters.saturating_sub(1)).collect();
    format!("{}…", head.trim_end())
}

/// The text in lines of at most `letters`, broken at spaces.
pub(crate) fn wrap(text: &str, letters: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= letters => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(cut(word, letters)),
        }
    }
    lines
}

/// Whether the first letter with a direction is of a script that runs from right to left (Hebrew to Thaana, Arabic presentation forms).
fn is_right_to_left(text: &str) -> bool {
    text.chars()
        .find(|c| c.is_alphabetic())
        .is_some_and(|c| matches!(u32::from(c), 0x0590..=0x08FF | 0xFB1D..=0xFDFF | 0xFE70..=0xFEFF))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wraps_at_spaces_and_cuts_what_is_too_long() {
        assert_eq!(wrap("one two three", 7), ["one two", "three"]);
        assert_eq!(cut("overlong", 5), "over…");
    }

    #[test]
    fn a_dark_picture_has_the_dark_colours_and_no_others() {
        let mut svg = Svg::new(10.0, 10.0);
        svg.text(0.0, 9.0, "ink", "start", "«دمشق» 2024");
        let svg = svg.finish("t");
        assert!(svg.contains("\u{2067}«دمشق» 2024\u{2069}") && !svg.contains("direction="), "{svg}");
        let dark = dark(&svg);
        assert!(!dark.contains("@media") && dark.contains(".ink{fill:#ececec}") && dark.contains("<rect"), "{dark}");
        assert_eq!(dark.matches('{').count(), dark.matches('}').count());
    }

    #[test]
    fn arabic_and_hebrew_run_right_to_left() {
        assert!(is_right_to_left("«دمشق» 2024") && is_right_to_left("12 חיפה"));
        assert!(!is_right_to_left("Damascus دمشق"));
    }
}
