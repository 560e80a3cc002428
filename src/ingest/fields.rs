//! Which field of a JSON record, or column of a table, holds the text, and which the rest?

use crate::error::{Error, ErrorKind, Result};

/// What a field of a record is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Text,
    Id,
    Outlet,
    Url,
    Title,
    Author,
    Published,
}

/// Each role with its name in `--field`, and the names that scrapers and feeds give it, the likelier
/// first. Times of crawling and storing ("timestamp", "created_at") are left out on purpose: they
/// would pass for times of publication.
const ROLES: [(Role, &str, &str); 7] = [
    (
        Role::Text,
        "text",
        "text body content isi article isi_berita content_text article_text article_body \
         articleBody full_text fulltext maintext main_text body_text text_content plain_text \
         clean_text cleaned_text konten teks berita",
    ),
    (Role::Id, "id", "id _id doc_id uuid docid document_id article_id news_id guid"),
    (
        Role::Outlet,
        "outlet",
        "outlet source media publisher site site_name sitename source_name media_name newspaper \
         publication portal sumber source_domain hostname domain",
    ),
    (
        Role::Url,
        "url",
        "url link canonical_url article_url page_url permalink href uri original_url tautan",
    ),
    (Role::Title, "title", "title judul headline heading article_title judul_berita news_title"),
    (
        Role::Author,
        "author",
        "author penulis byline authors author_name creator writer reporter wartawan jurnalis",
    ),
    (
        Role::Published,
        "published",
        "published date tanggal published_at pubdate date_published datePublished publishedAt \
         publish_date published_date publication_date pub_date published_time date_publish \
         publish_time published_on article:published_time tanggal_terbit tanggal_publikasi",
    ),
];

/// Which fields of a record hold what: for each role the names to look for, in order.
///
/// By default the common names, whatever their case. A name given for a role replaces the common
/// ones; it must be spelled as in the records, and reaches into nested objects with dots. The fields
/// of a table are its columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldMap {
    /// Those for texts before the others.
    names: Vec<Name>,
    /// Whether a name may reach into nested objects.
    has_nested: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Name {
    pub role: Role,
    pub name: String,
    /// Given by the user.
    is_given: bool,
}

/// What a record's own field is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Use {
    /// It may hold the text; the less the number, the likelier.
    Text(usize),
    /// Something that is looked for may be inside it.
    Inside,
    /// Something else that is looked for.
    Other,
    /// Nothing.
    None,
}

impl Default for FieldMap {
    fn default() -> Self {
        let names = ROLES.iter().flat_map(|&(role, _, names)| {
            let name = move |n: &str| Name { role, name: n.to_owned(), is_given: false };
            names.split_ascii_whitespace().map(name)
        });
        FieldMap { names: names.collect(), has_nested: false }
    }
}

impl FieldMap {
    /// Reads the values of `--field`: `ROLE=NAME`, where NAME may reach into nested objects, as in
    /// `text=article.body`. Several names for one role are tried in the order given.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Usage`] for what is not `ROLE=NAME` and for an unknown role.
    pub fn parse(given: &[String]) -> Result<FieldMap> {
        let given = given.iter().map(|g| parse_one(g)).collect::<Result<Vec<Name>>>()?;
        let mut names = FieldMap::default().names;
        names.retain(|name| given.iter().all(|g| g.role != name.role));
        let has_nested = given.iter().any(|name| name.name.contains('.'));
        names.extend(given);
        names.sort_by_key(|name| name.role != Role::Text);
        Ok(FieldMap { names, has_nested })
    }

    /// The names that were given, as [`FieldMap::parse`] takes them.
    pub fn given(&self) -> Vec<String> {
        let role = |name: &Name| ROLES.iter().find(|role| role.0 == name.role).map(|role| role.1);
        let given = self.names.iter().filter(|name| name.is_given);
        given.filter_map(|name| Some(format!("{}={}", role(name)?, name.name))).collect()
    }

    /// The names for `role`, in the order in which they are tried.
    pub(super) fn names(&self, role: Role) -> impl Iterator<Item = &Name> {
        self.names.iter().filter(move |name| name.role == role)
    }

    /// The columns of a table that may hold something of use, each with its role, in the order in
    /// which they are tried. Of columns of one name the last is tried first.
    pub(super) fn columns(&self, header: &[String]) -> Vec<(Role, usize)> {
        let columns = |name: &Name| {
            let (name, role) = (name.clone(), name.role);
            let named = header.iter().enumerate().rev().filter(move |(_, key)| name.is(key));
            named.map(move |(column, _)| (role, column))
        };
        self.names.iter().flat_map(columns).collect()
    }

    /// What a record's own field `key` is for.
    pub(super) fn use_of(&self, key: &str) -> Use {
        let found = self.names.iter().position(|name| name.is(key));
        match found.map(|at| (at, self.names[at].role)) {
            // The names for texts are before the others.
            Some((rank, Role::Text)) => Use::Text(rank),
            _ if self.has_nested && self.names.iter().any(|n| n.nested_in(key).is_some()) => {
                Use::Inside
            }
            Some(_) => Use::Other,
            None => Use::None,
        }
    }

    /// Whether a record's own field `key` may hold a text, or have one inside.
    #[cfg(feature = "parquet")]
    pub(super) fn may_hold_text(&self, key: &str) -> bool {
        self.names(Role::Text).any(|name| name.is(key) || name.nested_in(key).is_some())
    }

    /// Whether a field `key`, however deep inside a record, may hold something of use.
    #[cfg(feature = "parquet")]
    pub(super) fn may_end_in(&self, key: &str) -> bool {
        let ends =
            |name: &Name| name.name.strip_suffix(key).is_some_and(|rest| rest.ends_with('.'));
        self.names.iter().any(|name| name.is(key) || name.is_given && ends(name))
    }

    /// Whether a record's own field `key` may hold something of use.
    pub(super) fn wants(&self, key: &str) -> bool {
        self.names.iter().any(|name| name.is(key) || name.nested_in(key).is_some())
    }
}

impl Name {
    /// Whether a record's field `key` is the one meant.
    pub fn is(&self, key: &str) -> bool {
        if self.is_given { self.name == key } else { self.name.eq_ignore_ascii_case(key) }
    }

    /// What to look for inside the field `key`: "b.c" for the name "a.b.c" and the key "a".
    pub fn nested_in(&self, key: &str) -> Option<&str> {
        if !self.is_given {
            return None;
        }
        self.name.strip_prefix(key)?.strip_prefix('.')
    }
}

fn parse_one(given: &str) -> Result<Name> {
    let fail = |cause: String| {
        let hint = format!("roles are {}", role_names());
        Err(Error::new(ErrorKind::Usage, "", format!("--field {given}"), cause).hint(hint))
    };
    let Some((role, name)) = given.split_once('=') else {
        return fail("expected ROLE=NAME, got no `=`".to_owned());
    };
    if name.is_empty() {
        return fail("expected the name of a field after `=`, got nothing".to_owned());
    }
    match ROLES.iter().find(|(_, name, _)| *name == role) {
        Some(&(role, ..)) => Ok(Name { role, name: name.to_owned(), is_given: true }),
        None => fail(format!("expected a known role before `=`, got `{role}`")),
    }
}

fn role_names() -> String {
    ROLES.map(|(_, name, _)| name).join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(given: &[&str]) -> Result<FieldMap> {
        FieldMap::parse(&given.iter().map(|g| g.to_string()).collect::<Vec<_>>())
    }

    #[test]
    fn common_names_match_whatever_their_case() {
        let map = parse(&[]).unwrap();
        assert_eq!(map, FieldMap::default());
        for key in ["text", "ISI", "Body", "articleBody", "Judul", "_id", "Source", "pubDate"] {
            assert!(map.wants(key), "{key}");
        }
        for key in ["", "texts", "text.body", "timestamp", "created_at"] {
            assert!(!map.wants(key), "{key}");
        }
    }

    #[test]
    fn given_names_replace_those_of_their_role_only() {
        let map = parse(&["text=article.body", "text=Ringkas"]).unwrap();
        let names: Vec<&str> = map.names(Role::Text).map(|n| n.name.as_str()).collect();
        assert_eq!(names, ["article.body", "Ringkas"]);
        assert!(map.wants("article.body") && map.wants("article") && map.wants("Ringkas"));
        assert!(!map.wants("text") && !map.wants("ringkas") && !map.wants("artic"));
        assert!(map.wants("judul"));
        #[cfg(feature = "parquet")]
        for (key, expect) in [("body", true), ("Judul", true), ("ody", false), ("article", false)] {
            assert_eq!(map.may_end_in(key), expect, "{key}");
        }
        assert_eq!(map.names[0].nested_in("article"), Some("body"));
        for (key, expect) in [
            ("article.body", Use::Text(0)),
            ("Ringkas", Use::Text(1)),
            ("article", Use::Inside),
            ("judul", Use::Other),
            ("text", Use::None),
        ] {
            assert_eq!(map.use_of(key), expect, "{key}");
        }
    }

    #[test]
    fn bad_fields_are_usage_errors_that_name_the_roles() {
        for (given, cause) in [
            ("text", "expected ROLE=NAME, got no `=`"),
            ("text=", "expected the name of a field after `=`, got nothing"),
            ("Text=body", "expected a known role before `=`, got `Text`"),
            ("=body", "expected a known role before `=`, got ``"),
        ] {
            let error = parse(&["url=link", given]).unwrap_err();
            assert_eq!((error.kind, error.cause.as_str()), (ErrorKind::Usage, cause));
            assert_eq!(error.what, format!("--field {given}"));
            let hint = error.hint.unwrap();
            assert_eq!(hint, "roles are text, id, outlet, url, title, author, published");
        }
    }
}
