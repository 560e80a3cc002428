//! What does a judgement ask of a pair? Every threshold, in one table.

use super::Status;
use crate::condition::{Bound, Condition};
use crate::fixed::Milli;

/// The ways to a match, the most trusted first: a pair takes the first of which it meets every
/// need.
pub const WAYS: [Way; 9] = [
    Way {
        status: Status::Confirmed,
        name: "in one story: much of what both tell",
        needs: &[STORY, &[at_least(Measure::Agreement, 1200)], MUCH, RARE, SAME_NUMBERS, STATED],
    },
    Way {
        status: Status::Confirmed,
        name: "in one story: most of the lighter wording",
        needs: &[STORY, MOST, RARE, SAME_NUMBERS, STATED],
    },
    Way {
        status: Status::Confirmed,
        // A person's own words are few among all words of a story, and cut out whole: less
        // speaks against chance.
        name: "in one story: most of a quotation",
        needs: &[
            STORY,
            &[at_least(Measure::Quoted, 1000)],
            MOST,
            &[at_most(Measure::ExpectLn, 1000)],
            SAME_NUMBERS,
            STATED,
        ],
    },
    Way {
        status: Status::Confirmed,
        name: "in one story: another number, and nearly all else the same",
        needs: &[
            STORY,
            &[at_least(Measure::Agreement, 1600), at_least(Measure::Coverage, 500)],
            RARE,
            &[at_most(Measure::Clashes, 1000)],
            STATED,
        ],
    },
    Way {
        status: Status::Confirmed,
        name: "a short quotation, word for word from one mouth",
        needs: &[&[
            at_least(Measure::OneMouth, 1000),
            at_most(Measure::ExpectLn, 6908),
            at_least(Measure::PlainShare, 260),
        ]],
    },
    Way {
        status: Status::Confirmed,
        name: "on its own: much of what both tell",
        needs: &[&[at_least(Measure::Agreement, 1450)], MUCH, RARE_ALONE, SAME_NUMBERS, STATED],
    },
    Way {
        status: Status::Confirmed,
        name: "on its own: most of the lighter wording",
        needs: &[MOST, RARE_ALONE, SAME_NUMBERS, STATED],
    },
    Way {
        status: Status::Suggested,
        name: "in one story: shares much, in any order",
        needs: &[STORY, &[at_least(Measure::Agreement, 400)], SHARED],
    },
    Way {
        status: Status::Suggested,
        name: "on its own: shares much, in any order",
        needs: &[&[at_least(Measure::Agreement, 950), at_most(Measure::ExpectLn, -2303)], SHARED],
    },
];

/// More than the pair itself ties the two documents to one story.
const STORY: &[Need] = &[at_least(Measure::InStory, 1000)];
/// In a story that shares all its other words, one stock phrase can be most of a sentence's weight:
/// words are counted too.
const MUCH: &[Need] = &[at_least(Measure::Ratio, 250), at_least(Measure::Coverage, 400)];
const MOST: &[Need] = &[at_least(Measure::Ratio, 500), at_least(Measure::Coverage, 400)];
/// One in a hundred searches of a story.
const RARE: &[Need] = &[at_most(Measure::ExpectLn, -4605)];
/// One in a thousand searches of the whole batch.
const RARE_ALONE: &[Need] = &[at_most(Measure::ExpectLn, -6908)];
const SAME_NUMBERS: &[Need] = &[at_most(Measure::Clashes, 0)];
/// More than names, and more than a phrase that two sentences use.
const STATED: &[Need] = &[at_least(Measure::PlainShare, 260), at_most(Measure::Framed, 200)];
/// A rare word or two, however heavy, are a topic and no statement.
const SHARED: &[Need] =
    &[at_least(Measure::SharedCoverage, 300), at_least(Measure::PlainShare, 260)];

/// A figure of a pair that a need may ask about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// One where the two documents share more than this pair.
    InStory,
    /// One where at least one side is a quotation.
    Quoted,
    /// Numbers that each side has, at least, and the other lacks.
    Clashes,
    /// One where a short quotation is wholly in another, word for word, and one person says both.
    OneMouth,
    /// Of one run of words that two different sentences use, the share of the lighter wording that
    /// the other replaces around it; zero where more than one run corresponds, or too rare a one for
    /// a phrase.
    Framed,
    /// Mass over the lighter wording's own weight.
    Ratio,
    /// Corresponding words over the shorter wording's words.
    Coverage,
    /// Natural logarithm of the number of unrelated pairs expected to score as high.
    ExpectLn,
    /// Share of the aligned weight outside names, fixed phrases and numbers.
    PlainShare,
    /// The order-free score, reduced in proportion to the conflicts.
    Agreement,
    /// Shared stems over the shorter wording's words, in any order.
    SharedCoverage,
}

impl Measure {
    /// As records name it.
    pub fn name(self) -> &'static str {
        match self {
            Measure::InStory => "in_story",
            Measure::Quoted => "quoted",
            Measure::Clashes => "clashes",
            Measure::OneMouth => "one_mouth",
            Measure::Framed => "framed",
            Measure::Ratio => "ratio",
            Measure::Coverage => "coverage",
            Measure::ExpectLn => "expect_ln",
            Measure::PlainShare => "plain_share",
            Measure::Agreement => "agreement",
            Measure::SharedCoverage => "shared_coverage",
        }
    }
}

/// The figures of a pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Figures {
    /// See [`Measure::InStory`].
    pub in_story: Milli,
    /// See [`Measure::Quoted`].
    pub quoted: Milli,
    /// See [`Measure::Clashes`].
    pub clashes: Milli,
    /// See [`Measure::OneMouth`].
    pub one_mouth: Milli,
    /// See [`Measure::Framed`].
    pub framed: Milli,
    /// See [`Measure::Ratio`].
    pub ratio: Milli,
    /// See [`Measure::Coverage`].
    pub coverage: Milli,
    /// See [`Measure::ExpectLn`].
    pub expect_ln: Milli,
    /// See [`Measure::PlainShare`].
    pub plain_share: Milli,
    /// See [`Measure::Agreement`].
    pub agreement: Milli,
    /// See [`Measure::SharedCoverage`].
    pub shared_coverage: Milli,
}

impl Figures {
    /// The best that a pair can have which has so much of the shorter wording in common.
    pub(super) fn at_best(coverage: Milli) -> Figures {
        Figures {
            in_story: Milli::ONE,
            quoted: Milli::ONE,
            clashes: Milli(0),
            one_mouth: Milli::from(coverage >= Milli::ONE),
            framed: Milli(0),
            ratio: Milli::ONE,
            coverage,
            expect_ln: Milli(i64::MIN),
            plain_share: Milli::ONE,
            agreement: Milli(i64::MAX),
            shared_coverage: coverage,
        }
    }

    fn get(&self, measure: Measure) -> Milli {
        match measure {
            Measure::InStory => self.in_story,
            Measure::Quoted => self.quoted,
            Measure::Clashes => self.clashes,
            Measure::OneMouth => self.one_mouth,
            Measure::Framed => self.framed,
            Measure::Ratio => self.ratio,
            Measure::Coverage => self.coverage,
            Measure::ExpectLn => self.expect_ln,
            Measure::PlainShare => self.plain_share,
            Measure::Agreement => self.agreement,
            Measure::SharedCoverage => self.shared_coverage,
        }
    }

    /// What the figures make of the pair.
    pub fn status(&self) -> Option<Status> {
        WAYS.iter().find(|way| way.is_open(self)).map(|way| way.status)
    }
}

/// A way to a match.
#[derive(Debug)]
pub struct Way {
    /// What the match then is.
    pub status: Status,
    /// What such a pair does.
    pub name: &'static str,
    /// All that it asks, in groups.
    pub needs: &'static [&'static [Need]],
}

impl Way {
    /// Each need beside what the pair has.
    pub fn conditions(&self, figures: &Figures) -> impl Iterator<Item = Condition> {
        let value = |measure| figures.get(measure);
        self.needs.iter().copied().flatten().map(move |need| Condition {
            name: need.measure.name(),
            value: value(need.measure),
            bound: need.bound,
        })
    }

    /// Whether every need is met.
    pub fn is_open(&self, figures: &Figures) -> bool {
        self.conditions(figures).all(|condition| condition.holds())
    }
}

/// A measure and its threshold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Need {
    /// What is measured.
    pub measure: Measure,
    /// Where the threshold is.
    pub bound: Bound,
}

const fn at_least(measure: Measure, least: i64) -> Need {
    Need { measure, bound: Bound::AtLeast(Milli(least)) }
}

const fn at_most(measure: Measure, most: i64) -> Need {
    Need { measure, bound: Bound::AtMost(Milli(most)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BEST: Figures = Figures {
        in_story: Milli(1000),
        quoted: Milli(0),
        clashes: Milli(0),
        one_mouth: Milli(0),
        framed: Milli(0),
        ratio: Milli(1000),
        coverage: Milli(1000),
        expect_ln: Milli(-50_000),
        plain_share: Milli(1000),
        agreement: Milli(5000),
        shared_coverage: Milli(1000),
    };

    #[track_caller]
    fn check(figures: Figures, expect: Option<Status>) {
        assert_eq!(figures.status(), expect, "{figures:?}");
    }

    /// Nothing but the pair itself tells of a story.
    const ALONE: Figures = Figures { in_story: Milli(0), ..BEST };

    #[test]
    fn a_threshold_itself_is_within() {
        let weak = Figures { agreement: Milli(1199), ..BEST };
        check(Figures { ratio: Milli(500), ..weak }, Some(Status::Confirmed));
        check(Figures { ratio: Milli(499), ..weak }, Some(Status::Suggested));
        let quoted = Figures { quoted: Milli(1000), ..BEST };
        check(Figures { expect_ln: Milli(-4605), ..weak }, Some(Status::Confirmed));
        check(Figures { expect_ln: Milli(-4604), ..weak }, Some(Status::Suggested));
        check(Figures { expect_ln: Milli(1000), ..quoted }, Some(Status::Confirmed));
        check(Figures { expect_ln: Milli(1001), ..quoted }, Some(Status::Suggested));
        check(Figures { framed: Milli(200), ..BEST }, Some(Status::Confirmed));
        check(Figures { framed: Milli(201), ..BEST }, Some(Status::Suggested));
    }

    #[test]
    fn agreement_makes_up_for_a_part_of_the_ratio() {
        let less = Figures { ratio: Milli(250), ..BEST };
        check(Figures { agreement: Milli(1200), ..less }, Some(Status::Confirmed));
        check(Figures { agreement: Milli(1199), ..less }, Some(Status::Suggested));
        check(Figures { agreement: Milli(399), ..less }, None);
        let more = Figures { agreement: Milli(1599), ..BEST };
        check(Figures { ratio: Milli(249), ..more }, Some(Status::Suggested));
    }

    #[test]
    fn what_stands_alone_must_be_rarer_and_count_the_same() {
        check(Figures { expect_ln: Milli(-6908), ..ALONE }, Some(Status::Confirmed));
        check(Figures { expect_ln: Milli(-6907), ..ALONE }, Some(Status::Suggested));
        check(Figures { expect_ln: Milli(-2302), ..ALONE }, None);
        check(Figures { clashes: Milli(1000), ..ALONE }, Some(Status::Suggested));
    }

    #[test]
    fn other_numbers_in_one_story_ask_for_nearly_all_else() {
        let clash = Figures { clashes: Milli(1000), ..BEST };
        check(clash, Some(Status::Confirmed));
        check(Figures { agreement: Milli(1599), ..clash }, Some(Status::Suggested));
        check(Figures { coverage: Milli(499), ..clash }, Some(Status::Suggested));
    }

    #[test]
    fn a_short_quotation_from_one_mouth_may_be_common() {
        let common = Figures { expect_ln: Milli(6908), ..ALONE };
        check(common, None);
        check(Figures { one_mouth: Milli(1000), ..common }, Some(Status::Confirmed));
    }

    #[test]
    fn names_alone_take_no_way() {
        check(Figures { plain_share: Milli(259), ..BEST }, None);
    }
}
