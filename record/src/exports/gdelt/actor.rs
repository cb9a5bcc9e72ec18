//! Turns who takes part into the ten columns that GDELT has for an actor, by the parts of the CAMEO actor code.

use demarche_engine::actors::Sector;

use crate::select::Participant;

/// How many roles GDELT has columns for.
const ROLES: usize = 3;

/// Code, name, country, known group, ethnic group, two religions, three roles; all empty for nobody.
pub(crate) fn cells(party: Option<&Participant>) -> [String; 10] {
    let mut cells: [String; 10] = Default::default();
    let Some(party) = party else { return cells };
    let state = party.state.clone().unwrap_or_default();
    // A code is made of parts of three letters: the state, roles, and names of groups that have codes of their own.
    let parts = party.code.strip_prefix(&state).unwrap_or(&party.code);
    let parts: Vec<&str> = (0..parts.len() / 3).filter_map(|at| parts.get(at * 3..at * 3 + 3)).collect();
    let is_role = |part: &&&str| Sector::parse(part).is_some();
    let roles = parts.iter().filter(is_role).take(ROLES);
    for (at, role) in roles.enumerate() {
        cells[10 - ROLES + at] = (*role).to_owned();
    }
    cells[3] = parts.iter().find(|part| !is_role(part)).map(|part| (*part).to_owned()).unwrap_or_default();
    cells[0].clone_from(&party.code);
    cells[1] = party.name.to_uppercase();
    cells[2] = state;
    cells
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(state: Option<&str>, code: &str) -> String {
        let party = Participant {
            name: "The name".into(),
            state: state.map(str::to_owned),
            code: code.into(),
            sector: None,
            post: None,
        };
        cells(Some(&party)).join("|")
    }

    #[test]
    fn codes_fall_into_their_parts() {
        assert_eq!(of(Some("PAK"), "PAKGOV"), "PAKGOV|THE NAME|PAK|||||GOV||");
        assert_eq!(of(Some("USA"), "USALEGOPP"), "USALEGOPP|THE NAME|USA|||||LEG|OPP|");
        assert_eq!(of(None, "IGOUNO"), "IGOUNO|THE NAME||UNO||||IGO||");
        assert_eq!(of(None, ""), "|THE NAME||||||||");
        assert_eq!(cells(None).join("|"), "|||||||||");
    }
}
