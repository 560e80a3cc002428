//! Clusters as a later run reads them.

use super::{Duplicate, DuplicateCluster};
use crate::codec::{Reader, Writer};
use crate::error::Result;
use crate::fixed::Milli;
use std::io::{self, Read};

/// Writes the clusters: their kept documents, their sizes, their members.
pub fn write_clusters(clusters: &[DuplicateCluster], writer: &mut Writer) -> io::Result<()> {
    let kept = clusters.iter().map(|cluster| (cluster.kept as u32).to_le_bytes());
    writer.numbers(clusters.len(), kept)?;
    let sizes = clusters.iter().map(|cluster| (cluster.members.len() as u32).to_le_bytes());
    writer.numbers(clusters.len(), sizes)?;
    let members = || clusters.iter().flat_map(|cluster| &cluster.members);
    writer.numbers(members().count(), members().map(bytes))
}

/// Reads the clusters that were written of so many documents. Errors as [`Reader::new`].
pub fn read_clusters<R: Read>(
    n_clusters: usize,
    n_documents: usize,
    reader: &mut Reader<R>,
) -> Result<Vec<DuplicateCluster>> {
    let kept = reader.numbers(n_clusters, u32::from_le_bytes)?;
    let sizes = reader.numbers(n_clusters, u32::from_le_bytes)?;
    let n_members = sizes.iter().map(|&size| size as usize).sum();
    let mut members = reader.numbers(n_members, member)?.into_iter();
    let cluster = |(kept, size): (u32, u32)| DuplicateCluster {
        kept: kept as usize,
        members: members.by_ref().take(size as usize).collect(),
    };
    let clusters: Vec<DuplicateCluster> = kept.into_iter().zip(sizes).map(cluster).collect();
    let members = clusters.iter().flat_map(|cluster| &cluster.members).map(|member| member.doc);
    let largest = members.chain(clusters.iter().map(|cluster| cluster.kept)).max();
    if largest.is_some_and(|doc| n_documents <= doc) {
        return Err(reader.damaged("a document is named that is not there"));
    }
    Ok(clusters)
}

const MEMBER_BYTES: usize = 3 * size_of::<u32>();

fn bytes(member: &Duplicate) -> [u8; MEMBER_BYTES] {
    let mut bytes = [0; MEMBER_BYTES];
    let numbers = [member.doc as u32, member.jaccard.0 as u32, member.containment.0 as u32];
    bytes.as_chunks_mut().0.iter_mut().zip(numbers).for_each(|(to, n)| *to = n.to_le_bytes());
    bytes
}

fn member(bytes: [u8; MEMBER_BYTES]) -> Duplicate {
    let number = |idx: usize| u32::from_le_bytes(bytes.as_chunks().0[idx]);
    Duplicate {
        doc: number(0) as usize,
        jaccard: Milli(i64::from(number(1))),
        containment: Milli(i64::from(number(2))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codec::Kind;

    #[test]
    fn what_was_written_is_read() {
        const KIND: Kind = Kind { name: *b"test", version: 1 };
        let duplicate =
            |doc, jaccard| Duplicate { doc, jaccard: Milli(jaccard), containment: Milli::ONE };
        let clusters = [
            DuplicateCluster { kept: 3, members: vec![duplicate(1, 450), duplicate(7, 1000)] },
            DuplicateCluster { kept: 4, members: vec![duplicate(5, 999)] },
        ];
        let mut bytes = Vec::new();
        write_clusters(&clusters, &mut Writer::new(&mut bytes, KIND, &()).unwrap()).unwrap();
        let read = |n_clusters, n_documents| {
            let (mut reader, ()) = Reader::new(&bytes[..], "c", KIND).unwrap();
            read_clusters(n_clusters, n_documents, &mut reader)
        };
        assert_eq!(read(2, 8).unwrap(), clusters);
        assert!(read(2, 7).is_err() && read(1, 8).is_err() && read(3, 8).is_err());
    }
}
