//! What nearly all contracts share, handed from thread to thread as a number: a count of
//! who holds it would travel with every contract from one processor to the other.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::Mutex;

/// Values with numbers of their own, in no order that means anything.
pub struct Numbered<T> {
    known: Mutex<Known<T>>,
}

struct Known<T> {
    values: Vec<T>,
    numbers: HashMap<T, u32>,
}

impl<T> Default for Numbered<T> {
    fn default() -> Self {
        Self { known: Mutex::new(Known { values: Vec::new(), numbers: HashMap::new() }) }
    }
}

impl<T: Clone + Eq + Hash> Numbered<T> {
    pub fn number_of(&self, value: &T) -> u32 {
        let mut known = self.known.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some(number) = known.numbers.get(value) {
            return *number;
        }
        let number = u32::try_from(known.values.len()).unwrap_or(u32::MAX);
        known.values.push(value.clone());
        known.numbers.insert(value.clone(), number);
        number
    }

    pub fn get(&self, number: u32) -> Option<T> {
        let known = self.known.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        known.values.get(number as usize).cloned()
    }
}
