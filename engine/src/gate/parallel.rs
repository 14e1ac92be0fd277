//! Work that is spread over the cores of the machine.
//!
//! Owns the threads. What comes back stands in the order of what went in, however many threads
//! there are: `map(&[1, 2, 3], || (), |(), item| item * 2)` is `[2, 4, 6]`.

use std::panic::resume_unwind;
use std::thread;

/// What `work` makes of each item, in their order. Each thread begins with a state of its own. To
/// start one takes about 50 µs: each item should be worth more than that.
pub(super) fn map<T: Sync, S, R: Send>(
    items: &[T],
    start: impl Fn() -> S + Sync,
    work: impl Fn(&mut S, &T) -> R + Sync,
) -> Vec<R> {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let threads = cores.min(items.len()).max(1);
    // Every thread takes each nth item: neighbours take about as long as each other.
    let share = |first: usize| {
        let mut state = start();
        items.iter().skip(first).step_by(threads).map(|item| work(&mut state, item)).collect()
    };
    let share = &share;
    let shares: Vec<Vec<R>> = thread::scope(|scope| {
        let start = |first| thread::Builder::new().spawn_scoped(scope, move || share(first));
        let others: Vec<_> = (1..threads).map(|first| (first, start(first))).collect();
        let others = others.into_iter().map(|(first, other)| match other {
            Ok(other) => other.join().unwrap_or_else(|it| resume_unwind(it)),
            // Where there is no further thread to be had, this one does it.
            Err(_) => share(first),
        });
        std::iter::once(share(0)).chain(others).collect()
    });
    let mut shares: Vec<_> = shares.into_iter().map(Vec::into_iter).collect();
    let mut next = || shares.iter_mut().filter_map(Iterator::next).collect::<Vec<_>>();
    std::iter::from_fn(|| Some(next()).filter(|round| !round.is_empty())).flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::map;

    #[test]
    fn results_stand_in_the_order_of_the_items() {
        for count in [0, 1, 7, 8, 9, 1_000] {
            let items: Vec<usize> = (0..count).collect();
            let doubled = map(&items, || 2, |factor, item| *factor * item);
            assert_eq!(doubled, items.iter().map(|item| item * 2).collect::<Vec<_>>());
        }
    }
}
