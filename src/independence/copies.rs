//! Which earlier article has an article its claim from?
//!
//! Only where dates and texts leave no other way: what is told is told of a publisher.

use super::prose::MANY;
use super::sources::{Carriers, Node};
use crate::claim::{CopiedFrom, CopySign, Occurrence};

/// Share of an article's words that another article has too where the whole is taken from it, in
/// thousandths.
const MOST: usize = 500;

/// The article that was there surely before, and that this one credits with the passage, or whose
/// words it has around the passage and from nobody else.
pub(super) fn copied_from(occurrence: &Occurrence, carriers: &Carriers<'_>) -> Option<CopiedFrom> {
    let at = carriers.node(occurrence.doc)?;
    let node = &carriers.nodes[at];
    let is_own = |credit: &&super::sources::Credit<'_>| occurrence.context.contains(credit.span);
    let mut own = node.credits.iter().filter(is_own).peekable();
    match own.peek() {
        Some(_) => own.find_map(|credit| credited(node, &credit.key, carriers)),
        None => shared(occurrence, at, carriers),
    }
}

/// The earliest article of an outlet, where it surely is before.
fn credited(node: &Node<'_>, key: &str, carriers: &Carriers<'_>) -> Option<CopiedFrom> {
    let earlier = |other: &&Node<'_>| other.outlet() == Some(key) && other.is_before(node);
    let other = carriers.nodes.iter().find(earlier)?;
    let because = CopySign::Credit(other.outlet_name()?.to_owned());
    Some(CopiedFrom { occurrence: other.occurrence, because })
}

/// The article that was surely before all others that share the words.
fn shared(occurrence: &Occurrence, at: usize, carriers: &Carriers<'_>) -> Option<CopiedFrom> {
    let node = &carriers.nodes[at];
    let groups = carriers.many.iter().filter(|group| group.contains(&at));
    let first = groups.filter_map(|group| first_of(group, carriers)).filter(|&first| first != at);
    let other = first.min().map(|first| &carriers.nodes[first])?;
    let (own, theirs) = (node.prose?, other.prose?);
    let run = own.longest_run(theirs).filter(|run| MANY <= run.n_words)?;
    let around = 0 < run.spans.0.overlap(occurrence.context);
    let is_source = is_other_house(node, other) && rests_on(node, other);
    (is_source && (around || MOST <= own.share_in(theirs))).then_some(CopiedFrom {
        occurrence: other.occurrence,
        because: CopySign::SharedText(run.n_words),
    })
}

/// The one of a group that was published before all others, whatever their dates leave open.
fn first_of(group: &[usize], carriers: &Carriers<'_>) -> Option<usize> {
    let (&first, others) = group.split_first()?;
    let is_first = |&other: &usize| carriers.nodes[first].is_before(&carriers.nodes[other]);
    others.iter().all(is_first).then_some(first)
}

/// Another version of an outlet's own article is no copy, nor is what may be one: an earlier article that
/// names the later one's outlet may be its own, under a name that was misread.
fn is_other_house(node: &Node<'_>, other: &Node<'_>) -> bool {
    let outlets = node.outlet().zip(other.outlet());
    outlets.is_some_and(|(own, theirs)| own != theirs)
        && node.outlet_name().is_none_or(|name| !other.text.contains(name))
}

/// Whether nothing but the other article can be the source: whoever else either credits may be the
/// source of both, unless this one names the other.
fn rests_on(node: &Node<'_>, other: &Node<'_>) -> bool {
    let is_other = |key: &str| other.outlet() == Some(key);
    let mut others = node.credits.iter().filter(|credit| !is_other(&credit.key)).peekable();
    let names_it = node.credits.iter().any(|credit| is_other(&credit.key));
    let is_relayed = other.credits.iter().any(|credit| Some(credit.key.as_str()) != node.outlet());
    match others.peek() {
        None => names_it || !is_relayed,
        Some(_) => names_it && !others.any(|credit| other.credits(&credit.key)),
    }
}
