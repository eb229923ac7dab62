//! The field's own ideas, without any library: periods, balances, cubes of counts, tables of measures, Swedish forms.

pub mod period;

pub mod balance;

pub mod delivery;

pub mod cube;

pub mod table;

pub mod spc;

pub mod said;

pub mod swedish;

pub mod sentence;

pub mod spelling;

pub mod words;

pub mod spreadsheet;

pub mod contrast;

pub mod kolada;

pub mod minimum_answers;

pub mod personal_data;
