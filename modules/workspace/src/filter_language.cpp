// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/workspace/filter_language.h"

#include "chrona/schema/event.h"
#include "filter_tokens.h"

#include <algorithm>
#include <array>
#include <cmath>

using namespace Qt::StringLiterals;

namespace chrona::workspace {
namespace {

using Kind = FilterFault::Kind;
constexpr qsizetype kWordsMax = 16;
constexpr QStringView kNoRegion = u"none";

FilterFault faultAt(Kind kind, const FilterValue &value)
{
    return {kind, value.at, value.length, value.text};
}

/// Indices of a table that a name stands for.
using Indices = std::vector<std::uint16_t>;

Indices regionsCalled(const QString &name, const QStringList &regions)
{
    Indices found;
    const QString part = name + u'-';
    for (qsizetype index = 0; index < regions.size(); ++index) {
        const QString &region = regions[index];
        if (region.isEmpty() ? name.compare(kNoRegion, Qt::CaseInsensitive) == 0
                             : region.compare(name, Qt::CaseInsensitive) == 0 ||
                                   region.startsWith(part, Qt::CaseInsensitive))
            found.push_back(static_cast<std::uint16_t>(index));
    }
    return found;
}

Indices sourcesCalled(const QString &name, const QStringList &sources)
{
    const qsizetype index = sources.indexOf(name, 0, Qt::CaseInsensitive);
    return index < 0 ? Indices{} : Indices{static_cast<std::uint16_t>(index)};
}

std::uint32_t typesOf(schema::EventCategory category)
{
    std::uint32_t types = 0;
    for (std::uint32_t type = 0; type < schema::kEventTypeCount; ++type)
        if (schema::categoryOf(static_cast<schema::EventType>(type)) == category)
            types |= 1U << type;
    return types;
}

/// What the terms of one axis take and take away; all, where they take nothing.
struct Choice {
    std::vector<bool> taken, refused;
    const FilterValue *last = nullptr;

    explicit Choice(qsizetype size)
        : taken(static_cast<std::size_t>(size)), refused(static_cast<std::size_t>(size))
    {
    }
    void add(const Indices &indices, bool isNegated, const FilterValue &value)
    {
        for (const std::uint16_t index : indices)
            (isNegated ? refused : taken)[index] = true;
        last = &value;
    }
    [[nodiscard]] Indices result() const
    {
        const bool takesAll = std::ranges::none_of(taken, std::identity());
        Indices left;
        for (std::size_t index = 0; last != nullptr && index < taken.size(); ++index)
            if ((takesAll || taken[index]) && !refused[index])
                left.push_back(static_cast<std::uint16_t>(index));
        return left;
    }
};

class Reader {
public:
    explicit Reader(const FilterNames &names)
        : m_names(names), m_regions(names.regions.size()), m_sources(names.sources.size())
    {
    }

    std::expected<EventFilter, FilterFault> read(const std::vector<FilterTerm> &terms)
    {
        for (const FilterTerm &term : terms)
            if (auto wrong = take(term))
                return std::unexpected(std::move(*wrong));
        if (m_types != 0)
            m_filter.types = m_types;
        m_filter.types &= ~m_typesRefused;
        if ((m_filter.types & kAllTypes) == 0)
            return std::unexpected(faultAt(Kind::NothingLeft, *m_lastType));
        for (auto [choice, indices] :
             {std::pair{&m_regions, &m_filter.regions}, std::pair{&m_sources, &m_filter.sources}}) {
            *indices = choice->result();
            if (choice->last != nullptr && indices->empty())
                return std::unexpected(faultAt(Kind::NothingLeft, *choice->last));
        }
        return m_filter;
    }

private:
    static constexpr std::uint32_t kAllTypes = (1U << schema::kEventTypeCount) - 1;

    std::optional<FilterFault> take(const FilterTerm &term)
    {
        if (!term.field)
            return takeWord(term.values.front());
        switch (*term.field) {
        case FilterField::Box: return takeBox(term.values);
        case FilterField::Severity: return takeShare(term.values, m_filter.severityMin);
        case FilterField::Confidence: return takeShare(term.values, m_filter.confidenceMin);
        default: break;
        }
        for (const FilterValue &value : term.values)
            if (auto wrong = takeName(*term.field, term.isNegated, value))
                return wrong;
        return std::nullopt;
    }

    std::optional<FilterFault> takeWord(const FilterValue &word)
    {
        if (m_filter.words.size() >= kWordsMax)
            return faultAt(Kind::TooManyWords, word);
        if (!m_filter.words.contains(word.text))
            m_filter.words.append(word.text);
        return std::nullopt;
    }

    std::optional<FilterFault> takeName(FilterField field, bool isNegated, const FilterValue &value)
    {
        if (field == FilterField::Region || field == FilterField::Source) {
            const bool isRegion = field == FilterField::Region;
            const Indices found = isRegion ? regionsCalled(value.text, m_names.regions)
                                           : sourcesCalled(value.text, m_names.sources);
            if (found.empty())
                return faultAt(isRegion ? Kind::UnknownRegion : Kind::UnknownSource, value);
            (isRegion ? m_regions : m_sources).add(found, isNegated, value);
            return std::nullopt;
        }
        const std::string name = value.text.toLower().toStdString();
        std::uint32_t types = 0;
        if (const auto category = schema::eventCategoryFrom(name);
            category && field == FilterField::Category)
            types = typesOf(*category);
        else if (const auto type = schema::eventTypeFrom(name); type && field == FilterField::Type)
            types = 1U << static_cast<std::uint32_t>(*type);
        else
            return faultAt(Kind::UnknownType, value);
        (isNegated ? m_typesRefused : m_types) |= types;
        m_lastType = &value;
        return std::nullopt;
    }

    static std::optional<FilterFault> takeShare(const std::vector<FilterValue> &values,
                                                float &share)
    {
        const FilterValue &value = values.front();
        QString text = value.text;
        const bool isPercent = text.endsWith(u'%');
        if (isPercent)
            text.chop(1);
        bool isNumber = false;
        const double number = text.toDouble(&isNumber);
        if (!isNumber || values.size() > 1)
            return faultAt(Kind::NotANumber, values.back());
        const bool isShare = !isPercent && text.contains(u'.') && number <= 1;
        const double found = isShare ? number : number / 100;
        if (!(found >= 0 && found <= 1))
            return faultAt(Kind::OutOfRange, value);
        share = static_cast<float>(found);
        return std::nullopt;
    }

    std::optional<FilterFault> takeBox(const std::vector<FilterValue> &values)
    {
        std::array<double, 4> degrees{};
        if (values.size() != degrees.size())
            return faultAt(Kind::MissingValue, values.back());
        for (std::size_t index = 0; index < degrees.size(); ++index) {
            bool isNumber = false;
            degrees[index] = values[index].text.toDouble(&isNumber);
            if (!isNumber)
                return faultAt(Kind::NotANumber, values[index]);
            const double limit = index % 2 == 0 ? 180 : 90;
            if (!(std::abs(degrees[index]) <= limit))
                return faultAt(Kind::OutOfRange, values[index]);
        }
        if (degrees[1] > degrees[3])
            return faultAt(Kind::OutOfRange, values[3]);
        m_filter.box = schema::GeoBox{degrees[0], degrees[1], degrees[2], degrees[3]};
        return std::nullopt;
    }

    const FilterNames &m_names;
    EventFilter m_filter;
    std::uint32_t m_types = 0, m_typesRefused = 0;
    const FilterValue *m_lastType = nullptr;
    Choice m_regions, m_sources;
};

} // namespace

std::expected<EventFilter, FilterFault> parseFilter(const QString &text, const FilterNames &names)
{
    const auto terms = splitFilter(text);
    if (!terms)
        return std::unexpected(terms.error());
    return Reader(names).read(*terms);
}

} // namespace chrona::workspace
