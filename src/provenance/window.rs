//! How far apart may publications be that are of one news cycle?

/// A stretch of time, in whole hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    secs: i64,
}

impl Window {
    /// Reads days ("7", "7d") or hours ("36h"), from one on; `None` for anything else.
    pub fn parse(typed: &str) -> Option<Window> {
        const HOUR: u32 = 3600;
        let (number, unit) = match typed.strip_suffix('h') {
            Some(hours) => (hours, HOUR),
            None => (typed.strip_suffix('d').unwrap_or(typed), 24 * HOUR),
        };
        let is_plain = number.bytes().all(|b| b.is_ascii_digit());
        let n: u32 = number.parse().ok().filter(|&n| is_plain && 0 < n)?;
        Some(Window { secs: i64::from(n) * i64::from(unit) })
    }

    /// What was published in one window each, given the first and the last second that each of
    /// `published` can have been published in: indices, by time. A window begins with the earliest
    /// that is in none before; what may still be in it is.
    pub fn cut(self, published: &[(i64, i64)]) -> Vec<Vec<usize>> {
        let mut order: Vec<usize> = (0..published.len()).collect();
        order.sort_by_key(|&at| published[at]);
        let mut windows: Vec<Vec<usize>> = Vec::new();
        // The last second in which the first of the window can have been published.
        let mut begun = i64::MIN;
        for at in order {
            let (earliest, latest) = published[at];
            match windows.last_mut() {
                Some(window) if earliest.saturating_sub(begun) <= self.secs => {
                    begun = begun.min(latest);
                    window.push(at);
                }
                _ => {
                    begun = latest;
                    windows.push(vec![at]);
                }
            }
        }
        windows
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: i64 = 24 * 3600;

    #[test]
    fn days_and_hours() {
        for (typed, expect) in [
            ("7", Some(7 * DAY)),
            ("7d", Some(7 * DAY)),
            ("36h", Some(36 * 3600)),
            ("1h", Some(3600)),
            ("4294967295", Some(4_294_967_295 * DAY)),
            ("4294967296", None),
            ("0", None),
            ("0h", None),
            ("", None),
            ("h", None),
            ("+7", None),
            ("-7", None),
            ("1.5", None),
            ("7w", None),
            ("7hd", None),
        ] {
            assert_eq!(Window::parse(typed).map(|w| w.secs), expect, "{typed}");
        }
    }

    #[test]
    fn a_window_begins_with_the_earliest() {
        let days = |days: &[i64]| -> Vec<(i64, i64)> {
            days.iter().map(|day| (day * DAY, day * DAY)).collect()
        };
        for (published, expect) in [
            (days(&[]), vec![]),
            (days(&[3]), vec![vec![0]]),
            (days(&[0, 7]), vec![vec![0, 1]]),
            (days(&[8, 0]), vec![vec![1], vec![0]]),
            // No chain: the third is too far from the first.
            (days(&[0, 5, 10, 11]), vec![vec![0, 1], vec![2, 3]]),
            (days(&[370, 0, 1, 365]), vec![vec![1, 2], vec![3, 0]]),
            // A day without a zone may be that of the window.
            (vec![(0, 0), (7 * DAY - 3600, 8 * DAY)], vec![vec![0, 1]]),
            (vec![(0, 2 * DAY), (9 * DAY, 9 * DAY)], vec![vec![0, 1]]),
            // But a certain date inside says when the window begins at the latest.
            (vec![(0, 2 * DAY), (DAY, DAY), (9 * DAY, 9 * DAY)], vec![vec![0, 1], vec![2]]),
            (vec![(i64::MIN, i64::MIN), (i64::MAX, i64::MAX)], vec![vec![0], vec![1]]),
        ] {
            assert_eq!(Window::parse("7").unwrap().cut(&published), expect, "{published:?}");
        }
    }
}
