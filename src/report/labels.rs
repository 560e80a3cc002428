//! The words that records and cards use for the choices of the domain types.

use crate::claim::{CopySign, DifferenceKind, Form, Grade, LinkKind, Status, Strength};
use crate::provenance::{DateBasis, OutletBasis};
use crate::text::PassageKind;

pub(super) fn kind(kind: PassageKind) -> &'static str {
    match kind {
        PassageKind::Quotation => "quotation",
        PassageKind::Statement => "statement",
    }
}

pub(super) fn status(status: Status) -> &'static str {
    match status {
        Status::Confirmed => "confirmed",
        Status::Suggested => "suggested",
        Status::Decided => "decided",
    }
}

pub(super) fn form(form: Form) -> &'static str {
    match form {
        Form::Direct => "direct",
        Form::Indirect => "indirect",
    }
}

pub(super) fn grade(grade: Grade) -> &'static str {
    match grade {
        Grade::Identical => "identical",
        Grade::NearIdentical => "near-identical",
        Grade::Edited => "edited",
        Grade::Reworded => "reworded",
    }
}

pub(super) fn difference(kind: DifferenceKind) -> &'static str {
    match kind {
        DifferenceKind::Number => "number",
        DifferenceKind::Date => "date",
        DifferenceKind::Negation => "negation",
        DifferenceKind::Name => "name",
        DifferenceKind::Hedge => "hedge",
        DifferenceKind::Intensifier => "intensifier",
        DifferenceKind::Attribution => "attribution",
    }
}

pub(super) fn outlet_basis(basis: OutletBasis) -> &'static str {
    match basis {
        OutletBasis::Field => "field",
        OutletBasis::Url => "url",
        OutletBasis::Masthead => "masthead",
        OutletBasis::Dateline => "dateline",
        OutletBasis::FileName => "file-name",
        OutletBasis::Imprint => "imprint",
    }
}

pub(super) fn date_basis(basis: DateBasis) -> &'static str {
    match basis {
        DateBasis::Field => "field",
        DateBasis::Url => "url",
        DateBasis::Masthead => "masthead",
        DateBasis::Dateline => "dateline",
    }
}

pub(super) fn strength(strength: Strength) -> &'static str {
    match strength {
        Strength::Proven => "proven",
        Strength::Possible => "possible",
    }
}

pub(super) fn link(kind: LinkKind) -> &'static str {
    match kind {
        LinkKind::Duplicate => "duplicate",
        LinkKind::Outlet => "outlet",
        LinkKind::Owner => "owner",
        LinkKind::Credit => "credit",
        LinkKind::Agency => "agency",
        LinkKind::SharedText => "shared-text",
        LinkKind::Unknown => "unknown",
    }
}

pub(super) fn copy_sign(sign: &CopySign) -> String {
    match sign {
        CopySign::Credit(outlet) => format!("credits {outlet} with it"),
        CopySign::SharedText(n) => format!("shares {n} consecutive words outside quotations"),
    }
}
