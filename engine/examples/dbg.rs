use demarche_engine::Reader;
fn main() {
    let r = Reader::new();
    for t in std::env::args().skip(1) {
        let x = r.passage(&t, None);
        for s in &x.seen {
            println!("{:?} {} {}", s.actor.kind, s.actor.name, s.actor.code);
        }
        let d = r.document(&x.article);
        for (i, k) in d.tokens.iter().enumerate() {
            println!("{i} {} {} {:?} {:?} {:?}", d.form(i), k.lemma, k.upos, k.head, k.relation);
        }
        for f in &x.reports {
            println!(
                "{} {:?} {:?} {:?} {:?}",
                f.report.evidence.frame,
                f.report.cameo,
                f.report.told,
                f.report.actors.iter().map(|p| &p.actor.name).collect::<Vec<_>>(),
                f.report.recipients.iter().map(|p| &p.actor.name).collect::<Vec<_>>()
            );
        }
    }
}
