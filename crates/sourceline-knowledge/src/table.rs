//! Reads the knowledge tables: tab-separated, `#` starts a comment line, lists are separated by `;`.

/// One row of a table; columns that are missing or `-` read as empty.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Row<'a> {
    line: &'a str,
}

/// The rows of a table without comments and empty lines.
pub(crate) fn rows(text: &'static str) -> impl Iterator<Item = Row<'static>> {
    text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).map(|line| Row { line })
}

impl Row<'static> {
    /// All columns from the first to the `N`th.
    pub(crate) fn columns<const N: usize>(self) -> [&'static str; N] {
        let mut fields = self.line.split('\t').map(|field| if field == "-" { "" } else { field.trim() });
        std::array::from_fn(|_| fields.next().unwrap_or(""))
    }
}

/// The items of a `;` list.
pub(crate) fn items(list: &'static str) -> impl Iterator<Item = &'static str> {
    list.split(';').map(str::trim).filter(|item| !item.is_empty())
}

/// `Some` unless empty.
pub(crate) fn known(field: &'static str) -> Option<&'static str> {
    Some(field).filter(|field| !field.is_empty())
}
