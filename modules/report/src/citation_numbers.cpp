// SPDX-License-Identifier: AGPL-3.0-or-later
#include "citation_numbers.h"

#include "chrona/schema/text.h"

#include <algorithm>
#include <format>

namespace chrona::report {
namespace {

/// More than any text of a valid briefing has.
constexpr std::size_t kShownBytesMax = 8'000;

/// "2008-09-15 22:00 UTC".
std::string minuteText(Instant instant)
{
    return formatInstant(std::chrono::floor<std::chrono::minutes>(instant))
        .replace(16, 4, " UTC")
        .replace(10, 1, " ");
}

} // namespace

CitationNumbers::CitationNumbers(const schema::Briefing &briefing)
{
    for (const schema::Citation &citation : briefing.citations)
        m_numbers[{citation.kind, citation.id}] = citation.number;
}

std::vector<std::uint32_t> CitationNumbers::of(const std::vector<schema::Evidence> &evidence) const
{
    std::vector<std::uint32_t> numbers;
    for (const schema::Evidence &one : evidence) {
        const auto found = m_numbers.find({one.kind, one.id});
        if (found != m_numbers.end())
            numbers.push_back(found->second);
    }
    std::ranges::sort(numbers);
    numbers.erase(std::ranges::unique(numbers).begin(), numbers.end());
    return numbers;
}

std::vector<schema::Evidence> sharedEvidence(const schema::Table &table)
{
    const bool isShared =
        !table.rows.empty() && std::ranges::all_of(table.rows, [&](const schema::TableRow &row) {
            return row.evidence == table.rows.front().evidence;
        });
    return isShared ? table.rows.front().evidence : std::vector<schema::Evidence>();
}

std::string listed(const std::vector<std::uint32_t> &numbers, std::size_t most)
{
    std::string text;
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        if (i == most)
            return text + "…";
        text += (i == 0 ? "" : ",") + std::to_string(numbers[i]);
    }
    return text;
}

std::string shown(std::string_view text)
{
    return schema::plainLine(text, kShownBytesMax);
}

bool isSafeLink(std::string_view url)
{
    const bool isWeb = url.starts_with("https://") || url.starts_with("http://");
    return isWeb && url.size() <= 2000 && std::ranges::all_of(url, [](unsigned char c) {
               return c > 0x20 && c < 0x7F && c != '"' && c != '<' && c != '>' && c != '\\' &&
                      c != '`' && c != '\'' && c != '(' && c != ')';
           });
}

std::string citationText(const schema::Citation &citation)
{
    std::string text = shown(citation.label);
    if (!citation.sourceName.empty())
        text += ". " + shown(citation.sourceName);
    if (citation.publishedAt)
        text += ", published " + minuteText(*citation.publishedAt);
    if (citation.basis == schema::AvailabilityBasis::Assumed)
        text += ", time of publication assumed";
    return text + ".";
}

std::string_view markOf(schema::StatementBasis basis)
{
    return basis == schema::StatementBasis::Conjecture ? "Conjecture:" : "";
}

std::string_view wordsMarkOf(const schema::Statement &statement)
{
    return statement.given.empty() ? "" : "(model's words)";
}

std::string wordsLine(const schema::Briefing &briefing)
{
    const bool hasWords = std::ranges::any_of(briefing.sections, [](const auto &section) {
        return std::ranges::any_of(section.blocks, [](const schema::Block &block) {
            const auto *one = std::get_if<schema::Statement>(&block);
            return one != nullptr && !wordsMarkOf(*one).empty();
        });
    });
    if (!hasWords)
        return {};
    return std::format("Sentences marked “(model's words)” were put into other words by the "
                       "language model {} on the computer that made this note. Their numbers, "
                       "names and dates were checked against what was computed; the note as JSON "
                       "has both.",
                       shown(briefing.wordsBy));
}

std::string knownLine(const schema::Briefing &briefing)
{
    return std::format("Known at {} · covers from {} · edition {}", minuteText(briefing.knownAt),
                       minuteText(briefing.coversFrom), briefing.revision);
}

} // namespace chrona::report
