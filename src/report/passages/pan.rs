//! The XML of the PAN competitions on text alignment: a file for each pair of documents, offsets and
//! lengths in code points.
