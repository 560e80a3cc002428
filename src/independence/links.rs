//! Which articles that carry a claim are surely, or maybe, no sources of their own?

use super::prose::Run;
use super::sources::{Carriers, Credit, Node};
use crate::claim::{IndependentLines, Link, LinkKind, Strength};
use ahash::AHashMap;

/// The independent lines of a claim, with links that join each group.
pub(super) fn lines(carriers: &Carriers<'_>) -> IndependentLines {
    let mut links = Links::of(&carriers.nodes);
    links.prove_copies();
    links.prove_houses();
    links.add_credited(Strength::Proven, passage);
    links.add_agencies(Strength::Proven, passage);
    links.add_shared(&carriers.many);
    links.add_credited(Strength::Possible, article);
    links.add_agencies(Strength::Possible, article);
    links.add_shared(&carriers.few);
    links.suppose_unknown();
    IndependentLines {
        lower: links.any.n_groups(),
        upper: links.proven.n_groups(),
        because: links.found,
    }
}

/// A credit and the occurrence that it is read beside.
type Credited<'c> = (usize, &'c Credit<'c>);

/// Whom an article credits with the passage.
fn passage<'c>(node: &Node<'c>) -> Vec<Credited<'c>> {
    node.with_passage.clone()
}

/// Whom it credits anywhere.
fn article<'c>(node: &Node<'c>) -> Vec<Credited<'c>> {
    node.credits.iter().map(|credit| (node.occurrence, credit)).collect()
}

struct Links<'n, 'c> {
    nodes: &'n [Node<'c>],
    /// Joined by proven links.
    proven: Groups,
    /// Joined by any.
    any: Groups,
    found: Vec<Link>,
}

impl<'n, 'c> Links<'n, 'c> {
    fn of(nodes: &'n [Node<'c>]) -> Self {
        let apart = Groups::apart(nodes.len());
        Links { nodes, proven: apart.clone(), any: apart, found: Vec::new() }
    }

    /// Adds a link where it joins two groups of its strength: what is joined already needs no more
    /// evidence.
    fn add(&mut self, (a, b): (usize, usize), strength: Strength, of: impl FnOnce(Link) -> Link) {
        let joins = match strength {
            Strength::Proven => self.proven.join(a, b),
            Strength::Possible => true,
        };
        let joins_any = self.any.join(a, b);
        if joins && (strength == Strength::Proven || joins_any) {
            self.found.push(of(Link {
                a: self.nodes[a].occurrence,
                b: self.nodes[b].occurrence,
                strength,
                kind: LinkKind::Unknown,
                name: None,
                n_words: 0,
                spans: Vec::new(),
            }));
        }
    }

    /// The articles that are one text.
    fn prove_copies(&mut self) {
        let nodes = self.nodes;
        let whole = |node: &Node<'_>| node.prose.and_then(|prose| prose.whole);
        for (pair, _) in stars(nodes, |node| whole(node).into_iter().collect()) {
            let run = self.run(pair);
            self.add(pair, Strength::Proven, |link| shared(link, LinkKind::Duplicate, run));
        }
    }

    /// Articles of one outlet, and of outlets of one owner.
    fn prove_houses(&mut self) {
        let nodes = self.nodes;
        for (pair, _) in stars(nodes, |node| node.outlet().into_iter().collect()) {
            let name = nodes[pair.0].outlet_name().map(str::to_owned);
            self.add(pair, Strength::Proven, |link| Link { kind: LinkKind::Outlet, name, ..link });
        }
        let owner = |node: &Node<'c>| node.provenance.owner.as_deref();
        for (pair, owner) in stars(nodes, |node| owner(node).into_iter().collect()) {
            let name = Some(owner.to_owned());
            self.add(pair, Strength::Proven, |link| Link { kind: LinkKind::Owner, name, ..link });
        }
    }

    /// An article and one of the outlet that it credits.
    fn add_credited(
        &mut self,
        strength: Strength,
        credits: impl Fn(&Node<'c>) -> Vec<Credited<'c>>,
    ) {
        let nodes = self.nodes;
        let mut of: AHashMap<&str, usize> = AHashMap::new();
        for (at, node) in nodes.iter().enumerate() {
            node.outlet().map(|key| *of.entry(key).or_insert(at));
        }
        for (at, node) in nodes.iter().enumerate() {
            for (occurrence, credit) in credits(node) {
                let Some(&other) = of.get(credit.key.as_str()) else { continue };
                self.add((at, other), strength, |link| Link {
                    kind: LinkKind::Credit,
                    name: nodes[other].outlet_name().map(str::to_owned),
                    spans: vec![(occurrence, credit.span)],
                    ..link
                });
            }
        }
    }

    /// Articles that credit one agency.
    fn add_agencies(
        &mut self,
        strength: Strength,
        credits: impl Fn(&Node<'c>) -> Vec<Credited<'c>>,
    ) {
        let mut first: AHashMap<&str, (usize, Credited<'c>)> = AHashMap::new();
        for (at, node) in self.nodes.iter().enumerate() {
            for own in credits(node) {
                let (other, theirs) = *first.entry(own.1.key.as_str()).or_insert((at, own));
                self.add((other, at), strength, |link| Link {
                    kind: LinkKind::Agency,
                    name: Some(theirs.1.name.to_owned()),
                    spans: [theirs, own].map(|(idx, credit)| (idx, credit.span)).to_vec(),
                    ..link
                });
            }
        }
    }

    /// Articles that share a run of words outside quotations: long ones prove it, and so does what
    /// makes two articles nearly one.
    fn add_shared(&mut self, groups: &[Vec<usize>]) {
        for group in groups {
            for &other in &group[1..] {
                let pair = (group[0], other);
                if self.proven.same(pair.0, pair.1) {
                    continue;
                }
                let run = self.run(pair);
                let nearly = self.nearly(pair);
                let long = run.is_some_and(|run| super::prose::MANY <= run.n_words);
                let proven = nearly || long;
                let strength = if proven { Strength::Proven } else { Strength::Possible };
                let kind = if nearly { LinkKind::Duplicate } else { LinkKind::SharedText };
                self.add(pair, strength, |link| shared(link, kind, run));
            }
        }
    }

    /// An unknown outlet may be any one of the others, also where the article has the claim from a
    /// third.
    fn suppose_unknown(&mut self) {
        let nodes = self.nodes;
        let unknown = |&at: &usize| nodes[at].outlet().is_none();
        // The first that is not of the first one's group, which only grows.
        let mut apart = 0;
        for at in (0..nodes.len()).filter(unknown) {
            while apart < nodes.len() && self.any.same(0, apart) {
                apart += 1;
            }
            let other = if self.any.same(0, at) { apart } else { 0 };
            if other < nodes.len() {
                self.add((other, at), Strength::Possible, |link| link);
            }
        }
    }

    fn run(&self, (a, b): (usize, usize)) -> Option<Run> {
        self.nodes[a].prose?.longest_run(self.nodes[b].prose?)
    }

    fn nearly(&self, (a, b): (usize, usize)) -> bool {
        let pair = self.nodes[a].prose.zip(self.nodes[b].prose);
        pair.is_some_and(|(a, b)| a.nearly(b))
    }
}

/// A link that rests on a run of words.
fn shared(link: Link, kind: LinkKind, run: Option<Run>) -> Link {
    let spans = run.map(|run| vec![(link.a, run.spans.0), (link.b, run.spans.1)]);
    let n_words = run.map_or(0, |run| run.n_words);
    Link { kind, n_words, spans: spans.unwrap_or_default(), ..link }
}

/// Each node with the first that has the same key, and that key.
fn stars<'n, 'c, K: Copy + Eq + std::hash::Hash>(
    nodes: &'n [Node<'c>],
    keys: impl Fn(&'n Node<'c>) -> Vec<K>,
) -> Vec<((usize, usize), K)> {
    let mut first: AHashMap<K, usize> = AHashMap::new();
    let mut pairs = Vec::new();
    for (at, node) in nodes.iter().enumerate() {
        for key in keys(node) {
            let first = *first.entry(key).or_insert(at);
            pairs.extend((first != at).then_some(((first, at), key)));
        }
    }
    pairs
}

/// Disjoint groups of nodes.
#[derive(Clone)]
struct Groups {
    /// A node of the same group that comes before, or itself.
    parent: Vec<usize>,
    n_groups: usize,
}

impl Groups {
    fn apart(n: usize) -> Self {
        Groups { parent: (0..n).collect(), n_groups: n }
    }

    fn n_groups(&self) -> usize {
        self.n_groups
    }

    fn root(&mut self, mut at: usize) -> usize {
        while self.parent[at] != at {
            self.parent[at] = self.parent[self.parent[at]];
            at = self.parent[at];
        }
        at
    }

    fn same(&mut self, a: usize, b: usize) -> bool {
        self.root(a) == self.root(b)
    }

    /// Whether the two were in different groups, which are one now.
    fn join(&mut self, a: usize, b: usize) -> bool {
        let (a, b) = (self.root(a), self.root(b));
        self.parent[a.max(b)] = a.min(b);
        self.n_groups -= usize::from(a != b);
        a != b
    }
}
