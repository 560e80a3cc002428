//! stub
use crate::background::Background; use crate::text::tokenize::Token;
#[derive(Default)] pub struct BatchCounts; impl BatchCounts{pub fn add(&mut self,_t:&[Token]){}}
pub struct Splitter; impl Splitter{pub fn new(_b:&Background,_l:Option<&str>,_c:&BatchCounts)->Self{Self}}
pub fn repair(_t:&str,tokens:&[Token],_s:&Splitter)->Vec<Token>{tokens.to_vec()}
