//! Keeps the rows of the world tables that users bring, file by file, in the order in which they lie on each other.

use demarche_engine::actors::Layer;
use rusqlite::TransactionBehavior;

use crate::Record;
use crate::columns::{body, value};
use crate::error::Result;

impl Record {
    /// The layers, from the lowest to the one that prevails.
    pub fn layers(&self) -> Result<Vec<Layer>> {
        let fail = self.fail("read the layers of the world tables");
        let mut query = self.db.prepare_cached("SELECT body FROM layers ORDER BY position").map_err(&fail)?;
        let layers = query.query_map([], |row| value(row, 0)).map_err(&fail)?;
        layers.collect::<rusqlite::Result<_>>().map_err(fail)
    }

    /// Lays `layer` on top of the others, in place of an earlier one of its name. What was read before stays as it was
    /// read.
    pub fn lay(&mut self, layer: &Layer) -> Result<()> {
        let path = self.path.clone();
        let fail = |e| crate::Error::sqlite(&path, "keep the layer", e);
        let work = self.db.transaction_with_behavior(TransactionBehavior::Immediate).map_err(fail)?;
        work.execute("DELETE FROM layers WHERE name = ?1", [&layer.name]).map_err(fail)?;
        let sql = "INSERT INTO layers (position, name, body)
                   VALUES ((SELECT coalesce(max(position), 0) + 1 FROM layers), ?1, ?2)";
        work.execute(sql, (&layer.name, body(layer).map_err(fail)?)).map_err(fail)?;
        work.commit().map_err(fail)
    }

    /// Takes the layer of this name away; false where there is none.
    pub fn lift(&mut self, name: &str) -> Result<bool> {
        let gone = self.db.execute("DELETE FROM layers WHERE name = ?1", [name]);
        Ok(gone.map_err(self.fail("take the layer away"))? > 0)
    }
}
