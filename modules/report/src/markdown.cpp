// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/report/export.h"

#include "citation_numbers.h"

#include <format>

namespace chrona::report {
namespace {

/// Where this character would be more than itself. Full stops and signs are left alone elsewhere,
/// so that numbers read as numbers in the raw text too.
bool needsEscape(std::string_view text, std::size_t at)
{
    static constexpr std::string_view kAlways = "\\`*_[]{}<>|~&$";
    static constexpr std::string_view kDigits = "0123456789";
    const char c = text[at];
    if (kAlways.contains(c))
        return true;
    const std::string_view before = text.substr(0, at);
    const bool endsWord = at + 1 == text.size() || text[at + 1] == ' ';
    const bool leads = before.find_first_not_of(' ') == std::string_view::npos;
    switch (c) {
    case '#':
    case '+':
    case '-':
    case '=': return leads;
    case ')': return endsWord && before.find_first_not_of(kDigits) == std::string_view::npos;
    // A list's number, or an address that many dialects turn into a link by itself.
    case '.':
        return (endsWord && before.find_first_not_of(kDigits) == std::string_view::npos) ||
               before.ends_with("www") || before.ends_with("WWW");
    case ':': return text.substr(at).starts_with("://") || before.ends_with("mailto");
    default: return false;
    }
}

std::string escapedMarkdown(std::string_view raw)
{
    const std::string text = shown(raw);
    std::string out;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (needsEscape(text, at))
            out += '\\';
        out += text[at];
        // An address of mail needs the letter after its sign: a word joiner parts them.
        if (text[at] == '@')
            out += "\u2060";
    }
    return out;
}

std::string footnotes(const std::vector<std::uint32_t> &numbers)
{
    std::string text;
    for (const std::uint32_t number : numbers)
        text += std::format("[^{}]", number);
    return text;
}

struct BlockText {
    const CitationNumbers &numbers;
    std::string &out;

    void operator()(const schema::Statement &statement) const
    {
        const std::string_view mark = markOf(statement.basis);
        const std::string_view words = wordsMarkOf(statement);
        out += std::format(
            "- {}{}{}{}{}{}\n", mark, mark.empty() ? "" : " ", escapedMarkdown(statement.text),
            footnotes(numbers.of(statement.evidence)), words.empty() ? "" : " ", words);
    }
    void operator()(const schema::Table &table) const
    {
        const auto shared = sharedEvidence(table);
        out += std::format("\n**{}**{}\n\n|", escapedMarkdown(table.title),
                           footnotes(numbers.of(shared)));
        for (const schema::TableColumn &column : table.columns)
            out += std::format(" {} |", escapedMarkdown(column.name));
        out += "\n|";
        for (const schema::TableColumn &column : table.columns)
            out += column.format == schema::ColumnFormat::Text ? " :-- |" : " --: |";
        out += "\n";
        for (const schema::TableRow &row : table.rows) {
            out += "|";
            for (std::size_t i = 0; i < row.cells.size(); ++i)
                out += std::format(
                    " {}{} |", escapedMarkdown(schema::formatCell(row.cells[i], table.columns[i])),
                    i == 0 && shared.empty() ? footnotes(numbers.of(row.evidence)) : std::string());
            out += "\n";
        }
        out += "\n";
    }
    void operator()(const schema::Chart &chart) const
    {
        out += std::format("\n*Chart:* {}{}\n\n", escapedMarkdown(chart.finding),
                           footnotes(numbers.of(chart.evidence)));
    }
    void operator()(const schema::Map &map) const
    {
        out += std::format("\n*Map:* {}{}\n\n", escapedMarkdown(map.finding),
                           footnotes(numbers.of(map.evidence)));
    }
};

} // namespace

std::string toMarkdown(const schema::Briefing &whole)
{
    const schema::Briefing briefing = exportable(whole);
    const CitationNumbers numbers(briefing);
    std::string out = std::format("# {}\n\n{}\n", escapedMarkdown(briefing.title),
                                  escapedMarkdown(knownLine(briefing)));
    if (briefing.synthetic)
        out += std::format("\n**{}**\n", kSyntheticMark);
    for (const schema::Section &section : briefing.sections) {
        out += std::format("\n## {}\n\n", escapedMarkdown(section.heading));
        for (const schema::Block &block : section.blocks)
            std::visit(BlockText{numbers, out}, block);
    }
    out += "\n## Attribution\n\n";
    if (const std::string words = wordsLine(briefing); !words.empty())
        out += std::format("- {}\n", escapedMarkdown(words));
    for (const std::string &text : briefing.attributions)
        out += std::format("- {}\n", escapedMarkdown(text));
    out += std::format("\n{}\n\n", kDisclaimer);
    for (const schema::Citation &citation : briefing.citations) {
        out += std::format("[^{}]: {}", citation.number, escapedMarkdown(citationText(citation)));
        if (isSafeLink(citation.url))
            out += std::format(" <{}>", citation.url);
        out += "\n";
    }
    return out;
}

} // namespace chrona::report
