//! The words of the field as plain data, without IO: what every other room
//! speaks in.

pub mod answer;
pub mod cell;
pub mod chunks;
pub mod discreet;
pub mod doubt;
pub mod field;
pub mod file;
pub mod flow;
pub mod identity;
pub mod job;
pub mod link;
pub mod network;
pub mod origin;
pub mod problem;
pub mod remark;
pub mod said;
pub mod shelf;
pub mod signing;
pub mod template;
pub mod understood;
pub mod unknown;
pub mod verdict;
pub mod wishes;
pub mod workbook_marks;
