//! What joins claims, outlets, owners and agencies?

use crate::claim::{Claim, Occurrence};
use crate::document::DocId;
use crate::provenance::{AgencyCredit, outlet_key};
use crate::report::article::{Article, Articles};
use crate::report::facts;
use std::collections::{BTreeMap, BTreeSet};

/// What a node stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Node<'r> {
    /// By its key.
    Outlet(&'r str),
    /// By its name.
    Owner(&'r str),
    /// By its name.
    Agency(&'r str),
    /// The claim whose edges are asked for.
    Claim,
}

impl Node<'_> {
    pub fn type_name(self) -> &'static str {
        match self {
            Node::Outlet(_) => "outlet",
            Node::Owner(_) => "owner",
            Node::Agency(_) => "agency",
            Node::Claim => "claim",
        }
    }
}

/// What an edge says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Role {
    Owns,
    Carries,
    Credits,
    ArticleCredits,
    CopiedFrom,
    Omits,
}

impl Role {
    pub fn name(self) -> &'static str {
        match self {
            Role::Owns => "owns",
            Role::Carries => "carries",
            Role::Credits => "credits",
            Role::ArticleCredits => "article_credits",
            Role::CopiedFrom => "copied_from",
            Role::Omits => "omits",
        }
    }
}

/// What an edge says, where it begins, and where it ends.
pub(super) type EdgeEnds<'r> = (Role, Node<'r>, Node<'r>);

/// The articles that an edge rests on.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Carriers<'r> {
    pub docs: BTreeSet<DocId>,
    /// When the first that is dated was published.
    pub published: Option<&'r str>,
}

/// The outlets of the batch, by key: the name, and the owner.
pub(super) struct Outlets<'r>(BTreeMap<&'r str, (&'r str, Option<&'r str>)>);

impl<'r> Outlets<'r> {
    pub fn of(articles: &Articles<'r>) -> Self {
        let known = articles.iter().filter_map(|article| {
            let outlet = article.provenance.outlet.as_ref()?;
            Some((&*outlet.key, (&*outlet.name, article.provenance.owner.as_deref())))
        });
        Outlets(known.collect())
    }

    /// The name to show of a node that is no claim.
    pub fn label<'n>(&self, node: Node<'n>) -> &'n str
    where
        'r: 'n,
    {
        match node {
            Node::Outlet(key) => self.0.get(key).map_or(key, |&(name, _)| name),
            Node::Owner(name) | Node::Agency(name) => name,
            Node::Claim => "",
        }
    }

    /// The outlets among these nodes whose owners are known, each after its owner.
    pub fn owned(&self, nodes: &BTreeSet<Node<'r>>) -> BTreeSet<(Node<'r>, Node<'r>)> {
        let owner = |node: &Node<'r>| match node {
            Node::Outlet(key) => Some((Node::Owner(self.0.get(key)?.1?), *node)),
            _ => None,
        };
        nodes.iter().filter_map(owner).collect()
    }

    /// The edges of a claim, with the articles that each rests on.
    pub fn edges(
        &self,
        claim: &'r Claim,
        articles: &Articles<'r>,
    ) -> BTreeMap<EdgeEnds<'r>, Carriers<'r>> {
        let mut edges: BTreeMap<EdgeEnds<'r>, Carriers<'r>> = BTreeMap::new();
        for occurrence in &claim.occurrences {
            let article = articles.carrying(occurrence);
            for edge in self.of_occurrence(claim, occurrence, articles) {
                let carriers = edges.entry(edge).or_default();
                carriers.docs.insert(occurrence.doc);
                carriers.published = carriers.published.or(article.when());
            }
        }
        for omission in &claim.omitted_by {
            let first = omission.documents.first().map(|&doc| articles.get(doc));
            let edge = first.and_then(outlet).map(|outlet| (Role::Omits, outlet, Node::Claim));
            let docs = omission.documents.iter().copied().collect();
            edges.extend(edge.map(|edge| (edge, Carriers { docs, published: None })));
        }
        edges
    }

    fn of_occurrence(
        &self,
        claim: &'r Claim,
        occurrence: &'r Occurrence,
        articles: &Articles<'r>,
    ) -> Vec<EdgeEnds<'r>> {
        let own = outlet(articles.carrying(occurrence));
        let source = occurrence.copied_from.as_ref();
        let source = source.map(|copied| articles.carrying(&claim.occurrences[copied.occurrence]));
        let copied = own.zip(source.and_then(outlet)).map(|(a, b)| (Role::CopiedFrom, a, b));
        let carried = own.map(|outlet| (Role::Carries, outlet, Node::Claim));

        let inside = |credit: &&AgencyCredit| occurrence.context.contains(credit.span);
        let with_it = facts::credited(occurrence.agencies.iter().filter(inside));
        let all = facts::credited(&occurrence.agencies);
        let credits = all.into_iter().map(|name| {
            let is_with_it = with_it.contains(&name);
            let role = if is_with_it { Role::Credits } else { Role::ArticleCredits };
            (role, Node::Claim, self.credited(name))
        });
        carried.into_iter().chain(copied).chain(credits).collect()
    }

    /// An outlet of the batch, or an agency.
    fn credited(&self, name: &'r str) -> Node<'r> {
        match self.0.get_key_value(&*outlet_key(name)) {
            Some((&key, _)) => Node::Outlet(key),
            None => Node::Agency(name),
        }
    }
}

fn outlet<'r>(article: &Article<'r>) -> Option<Node<'r>> {
    article.outlet_key().map(Node::Outlet)
}
