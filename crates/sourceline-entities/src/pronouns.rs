//! Resolves pronouns: relatives by the tree, first persons by who speaks, the others as `antecedents` ranks them.

use sourceline_model::MentionForm;

use crate::antecedents::{self, Scene};
use crate::cluster::Clusters;
use crate::draft::Draft;
use crate::log::Log;

/// Clusters pronouns; those without an antecedent keep none. What there was to choose from goes to `log`, by the number of the draft.
pub(crate) fn resolve(drafts: &mut [Draft], clusters: &mut Clusters<'_>, scene: &Scene, mut log: Option<&mut Log>) {
    for index in 0..drafts.len() {
        if drafts[index].form != MentionForm::Pronoun {
            continue;
        }
        let found = match drafts[index].text.as_str() {
            "who" | "which" | "that" | "whom" | "whose" => relative(index, drafts, clusters),
            "i" | "me" | "my" | "mine" | "myself" | "we" | "us" | "our" | "ours" | "ourselves" => {
                scene.speaker[drafts[index].head()].and_then(|head| cluster_at(head, drafts))
            }
            _ => {
                let choices = antecedents::choices(scene, index, drafts, clusters);
                let best = antecedents::choose(&choices, antecedents::class(&drafts[index].text));
                if let Some(log) = log.as_deref_mut() {
                    log.pronoun(index, &choices);
                }
                best
            }
        };
        if let Some(cluster) = found {
            clusters.add(drafts, index, cluster);
        }
    }
}

fn cluster_at(token: usize, drafts: &[Draft]) -> Option<usize> {
    drafts.iter().find(|draft| draft.heads.contains(&token)).and_then(|draft| draft.cluster)
}

/// The noun that the relative clause hangs on.
fn relative(index: usize, drafts: &[Draft], clusters: &Clusters<'_>) -> Option<usize> {
    let tokens = &clusters.analysis.tokens;
    let mut at = drafts[index].head();
    for _ in 0..tokens.len() {
        let head = tokens[at].head?;
        if tokens[at].relation() == "acl" {
            return cluster_at(head, drafts);
        }
        at = head;
    }
    None
}
