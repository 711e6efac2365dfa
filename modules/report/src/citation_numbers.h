// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/schema/briefing.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace chrona::report {

/// The numbers that stand behind a claim.
class CitationNumbers {
public:
    explicit CitationNumbers(const schema::Briefing &briefing);

    /// Ascending, each once; evidence without a citation has none.
    [[nodiscard]] std::vector<std::uint32_t>
    of(const std::vector<schema::Evidence> &evidence) const;

private:
    std::map<std::pair<schema::EvidenceKind, std::int64_t>, std::uint32_t> m_numbers;
};

/// What every row of a table rests on: told at its title, as a number behind a figure reads like a
/// power of it. Empty where the rows differ.
[[nodiscard]] std::vector<schema::Evidence> sharedEvidence(const schema::Table &table);

/// "1,2,5"; more than `most` end in an ellipsis.
[[nodiscard]] std::string listed(const std::vector<std::uint32_t> &numbers, std::size_t most = 6);

/// What a source line says: label, source, date, and how its time is known.
[[nodiscard]] std::string citationText(const schema::Citation &citation);

/// Plain web addresses only; anything else is no link.
[[nodiscard]] bool isSafeLink(std::string_view url);

/// Text as it may be shown anywhere: one line, no control characters, nothing that turns its
/// direction or hides in it.
[[nodiscard]] std::string shown(std::string_view text);

/// "Conjecture:" before what is one; empty for the rest.
[[nodiscard]] std::string_view markOf(schema::StatementBasis basis);

/// Behind a sentence that bears a language model's words; empty for the rest.
[[nodiscard]] std::string_view wordsMarkOf(const schema::Statement &statement);
/// What that mark means, and which model's words they are; empty where no sentence has it.
[[nodiscard]] std::string wordsLine(const schema::Briefing &briefing);

/// "Known at 15 September 2008, 22:00 UTC · …", the line under the title.
[[nodiscard]] std::string knownLine(const schema::Briefing &briefing);

inline constexpr std::string_view kDisclaimer = "Research, not advice";
inline constexpr std::string_view kSyntheticMark = "Synthetic data: nothing in it happened";

} // namespace chrona::report
