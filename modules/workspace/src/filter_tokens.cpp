// SPDX-License-Identifier: AGPL-3.0-or-later
#include "filter_tokens.h"

#include <array>

using namespace Qt::StringLiterals;

namespace chrona::workspace {
namespace {

constexpr std::array<QStringView, kFilterFieldCount> kFieldNames = {
    u"type", u"category", u"region", u"source", u"severity", u"confidence", u"box"};

using Kind = FilterFault::Kind;

std::unexpected<FilterFault> fault(Kind kind, const QString &text, qsizetype at, qsizetype length)
{
    return std::unexpected(FilterFault{kind, at, length, text.sliced(at, length)});
}

/// Walks over the text, one term after another.
class Splitter {
public:
    explicit Splitter(const QString &text) : m_text(text) {}

    std::expected<std::vector<FilterTerm>, FilterFault> split()
    {
        std::vector<FilterTerm> terms;
        for (skipSpaces(); m_at < m_text.size(); skipSpaces()) {
            auto term = readTerm();
            if (!term)
                return std::unexpected(std::move(term.error()));
            terms.push_back(std::move(*term));
        }
        return terms;
    }

private:
    void skipSpaces()
    {
        while (m_at < m_text.size() && m_text[m_at].isSpace())
            ++m_at;
    }

    std::expected<FilterTerm, FilterFault> readTerm()
    {
        FilterTerm term;
        const qsizetype begin = m_at;
        // A minus belongs to a field; a word may begin with one ("-3 degrees").
        const qsizetype nameAt = m_at + (m_text[m_at] == u'-' ? 1 : 0);
        qsizetype nameEnd = nameAt;
        while (nameEnd < m_text.size() && m_text[nameEnd].isLetter())
            ++nameEnd;
        const qsizetype signLength = signLengthAt(nameEnd);
        if (nameEnd == nameAt || signLength == 0) {
            auto word = readValue(false);
            if (!word)
                return std::unexpected(std::move(word.error()));
            term.values.push_back(std::move(*word));
            return term;
        }
        term.field = fieldFrom(QStringView(m_text).sliced(nameAt, nameEnd - nameAt));
        if (!term.field)
            return fault(Kind::UnknownField, m_text, nameAt, nameEnd - nameAt);
        term.isNegated = nameAt > begin;
        m_at = nameEnd + signLength;
        return readValues(std::move(term), begin);
    }

    /// ":" or ">=" between a field and its values; 0 where there is neither.
    [[nodiscard]] qsizetype signLengthAt(qsizetype at) const
    {
        const QStringView rest = QStringView(m_text).sliced(at);
        return rest.startsWith(u':') ? 1 : rest.startsWith(u">=") ? 2 : 0;
    }

    std::expected<FilterTerm, FilterFault> readValues(FilterTerm term, qsizetype begin)
    {
        for (;;) {
            if (m_at >= m_text.size() || m_text[m_at].isSpace() || m_text[m_at] == u',')
                return fault(Kind::MissingValue, m_text, begin, m_at - begin);
            auto value = readValue(true);
            if (!value)
                return std::unexpected(std::move(value.error()));
            term.values.push_back(std::move(*value));
            if (m_at >= m_text.size() || m_text[m_at] != u',')
                return term;
            ++m_at;
        }
    }

    /// Up to a space (and a comma, within a list), or what stands between two quotes.
    std::expected<FilterValue, FilterFault> readValue(bool inList)
    {
        FilterValue value;
        value.at = m_at;
        if (m_text[m_at] == u'"') {
            const qsizetype close = m_text.indexOf(u'"', m_at + 1);
            if (close < 0)
                return fault(Kind::OpenQuote, m_text, m_at, m_text.size() - m_at);
            value.text = m_text.sliced(m_at + 1, close - m_at - 1);
            m_at = close + 1;
        } else {
            while (m_at < m_text.size() && !m_text[m_at].isSpace() &&
                   !(inList && m_text[m_at] == u','))
                ++m_at;
            value.text = m_text.sliced(value.at, m_at - value.at);
        }
        value.length = m_at - value.at;
        if (value.text.trimmed().isEmpty())
            return fault(Kind::MissingValue, m_text, value.at, value.length);
        return value;
    }

    const QString &m_text;
    qsizetype m_at = 0;
};

} // namespace

QStringView fieldName(FilterField field)
{
    return kFieldNames[static_cast<std::size_t>(field)];
}

std::optional<FilterField> fieldFrom(QStringView name)
{
    for (std::size_t index = 0; index < kFieldNames.size(); ++index)
        if (name.compare(kFieldNames[index], Qt::CaseInsensitive) == 0)
            return static_cast<FilterField>(index);
    return std::nullopt;
}

std::expected<std::vector<FilterTerm>, FilterFault> splitFilter(const QString &text)
{
    return Splitter(text).split();
}

} // namespace chrona::workspace
