//! How is what is shown laid out? By templates that know loops and conditions and nothing else.

use super::article::ArticleView;
use super::claim::ClaimView;
use super::duplicates::Cluster;
use super::words::{Words, isolated};
use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{Environment, Error, UndefinedBehavior, Value, context};
use serde::Serialize;

const TEMPLATES: [(&str, &str); 5] = [
    ("page.html", include_str!("page.html")),
    ("claim.html", include_str!("claim.html")),
    ("article.html", include_str!("article.html")),
    ("duplicates.html", include_str!("duplicates.html")),
    ("cluster.html", include_str!("cluster.html")),
];

/// The templates, which escape every text: their names end in `.html`.
pub(super) struct Templates(Environment<'static>);

impl Templates {
    /// With the texts of a language as `t`.
    pub fn new(words: &Words) -> Result<Self, Error> {
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::SemiStrict);
        let syntax = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build()?;
        environment.set_syntax(syntax);
        environment.add_filter("isolated", |text: String| isolated(&text).into_owned());
        environment.add_global("t", Value::from(Serde(words.texts())));
        for (name, source) in TEMPLATES {
            environment.add_template(name, source)?;
        }
        Ok(Templates(environment))
    }

    pub fn page(&self, page: &impl Serialize) -> Result<String, Error> {
        self.render("page.html", page)
    }

    pub fn claim(&self, claim: &ClaimView<'_>) -> Result<String, Error> {
        self.render("claim.html", claim)
    }

    pub fn article(&self, article: &ArticleView<'_>) -> Result<String, Error> {
        self.render("article.html", article)
    }

    pub fn duplicates(&self, page: &impl Serialize) -> Result<String, Error> {
        self.render("duplicates.html", page)
    }

    pub fn cluster(&self, cluster: &Cluster) -> Result<String, Error> {
        self.render("cluster.html", cluster)
    }

    fn render(&self, name: &str, view: &impl Serialize) -> Result<String, Error> {
        let text = self.0.get_template(name)?.render(context! { v => Serde(view) })?;
        Ok(text.replace(is_no_text, "\u{FFFD}"))
    }
}

/// Whether a character may not stand in HTML: control characters but tabs and line ends.
fn is_no_text(c: char) -> bool {
    c.is_control() && !matches!(c, '\t' | '\n' | '\r')
}
