// SPDX-License-Identifier: AGPL-3.0-or-later
#include "study.h"

#include "words.h"

#include <algorithm>

namespace chrona::briefing {
namespace {

constexpr std::size_t kWordsBytesMax = 1'200; ///< of a question or a claim

/// What was known of the events on which a claim rests; else the inputs as a whole.
std::vector<schema::Evidence> evidenceOf(Study &study, std::span<const schema::EventId> events)
{
    std::vector<schema::Evidence> evidence;
    for (const schema::Event *event : study.events.between(Instant::min(), Instant::max()))
        if (std::ranges::contains(events, event->id))
            evidence.push_back(study.citations.event(*event));
    if (evidence.empty())
        evidence.push_back(study.citations.inputs());
    return evidence;
}

} // namespace

schema::Section subjectSection(Study &study)
{
    const Subject &subject = *study.inputs.subject;
    schema::Section section{schema::SectionKind::Notes, "What is investigated", {}};
    const auto add = [&](const std::string &text, float confidence,
                         std::vector<schema::Evidence> evidence) {
        section.blocks.emplace_back(schema::Statement{quotedLine(text, kWordsBytesMax),
                                                      schema::StatementBasis::Conjecture,
                                                      std::move(evidence), confidence, ""});
    };
    add(subject.question.empty() ? subject.title : subject.question, 1,
        {study.citations.inputs()});
    for (const Subject::Claim &claim : subject.claims)
        add(claim.text, std::clamp(claim.confidence, 0.0F, 1.0F),
            evidenceOf(study, claim.events));
    return section;
}

} // namespace chrona::briefing
