// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/schema/event.h"
#include "filter_tokens.h"

#include <QLocale>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace chrona::workspace {
namespace {

QString fromView(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

/// Only a word that was typed without quotation marks can hold one.
QString quoted(const QString &word)
{
    const bool isPlain = std::ranges::none_of(word, [](QChar c) { return c.isSpace(); }) &&
                         !word.contains(u':') && !word.contains(u">=");
    return isPlain || word.contains(u'"') ? word : u'"' + word + u'"';
}

void addTerm(QStringList &terms, FilterField field, const QStringList &values, bool isNegated)
{
    if (!values.isEmpty())
        terms.append((isNegated ? u"-"_s : QString()) + fieldName(field).toString() + u':' +
                     values.join(u','));
}

void addTypes(QStringList &terms, std::uint32_t types)
{
    constexpr std::uint32_t kAll = (1U << schema::kEventTypeCount) - 1;
    if (types == ~0U)
        return;
    // With the bits beyond the types set, the filter was made by taking types away.
    const bool isNegated = (types & ~kAll) != 0;
    std::uint32_t named = (isNegated ? ~types : types) & kAll;
    QStringList categories, single;
    for (std::size_t index = 0; index < schema::kEventCategoryCount; ++index) {
        const auto category = static_cast<schema::EventCategory>(index);
        std::uint32_t members = 0;
        for (std::uint32_t type = 0; type < schema::kEventTypeCount; ++type)
            if (schema::categoryOf(static_cast<schema::EventType>(type)) == category)
                members |= 1U << type;
        if (members != 0 && (named & members) == members) {
            categories.append(fromView(schema::toString(category)));
            named &= ~members;
        }
    }
    for (std::uint32_t type = 0; type < schema::kEventTypeCount; ++type)
        if (named >> type & 1U)
            single.append(fromView(schema::toString(static_cast<schema::EventType>(type))));
    addTerm(terms, FilterField::Category, categories, isNegated);
    addTerm(terms, FilterField::Type, single, isNegated);
}

/// How a choice from a table is said: "region:US -region:US-TX".
struct Saying {
    QStringList taken, refused;
};

std::vector<std::uint16_t> othersThan(const std::vector<std::uint16_t> &chosen, qsizetype size)
{
    std::vector<std::uint16_t> others;
    for (qsizetype index = 0; index < size; ++index)
        if (!std::ranges::binary_search(chosen, static_cast<std::uint16_t>(index)))
            others.push_back(static_cast<std::uint16_t>(index));
    return others;
}

/// A country stands for all its parts, and those of them that were not chosen are taken away.
Saying sayRegions(const std::vector<std::uint16_t> &chosen, const QStringList &regions)
{
    const std::vector<std::uint16_t> others = othersThan(chosen, regions.size());
    const auto countryOf = [](const QString &region) { return region.section(u'-', 0, 0); };
    QStringList named, broken; // countries
    for (const std::uint16_t index : chosen)
        if (!regions.value(index).contains(u'-'))
            named.append(regions.value(index));
    for (const std::uint16_t index : others)
        broken.append(countryOf(regions[index]));
    Saying saying;
    for (const std::uint16_t index : chosen) {
        const QString region = regions.value(index), country = countryOf(region);
        const bool isWhole = named.contains(country) || !broken.contains(country);
        const QString name = region.isEmpty() ? u"none"_s : isWhole ? country : region;
        if (!saying.taken.contains(name))
            saying.taken.append(name);
    }
    for (const std::uint16_t index : others)
        if (!regions[index].isEmpty() && named.contains(countryOf(regions[index])))
            saying.refused.append(regions[index]);
    return saying;
}

Saying saySources(const std::vector<std::uint16_t> &chosen, const QStringList &sources)
{
    Saying saying;
    for (const std::uint16_t index : chosen)
        saying.taken.append(sources.value(index));
    for (const std::uint16_t index : othersThan(chosen, sources.size()))
        saying.refused.append(sources[index]);
    if (saying.refused.isEmpty() || saying.refused.size() >= saying.taken.size())
        saying.refused.clear();
    else
        saying.taken.clear();
    return saying;
}

template <class Say>
void addChoice(QStringList &terms, FilterField field, std::vector<std::uint16_t> chosen,
               const QStringList &table, Say say)
{
    if (chosen.empty())
        return;
    std::ranges::sort(chosen);
    const Saying saying = say(chosen, table);
    addTerm(terms, field, saying.taken, false);
    addTerm(terms, field, saying.refused, true);
}

void addShare(QStringList &terms, FilterField field, float share)
{
    if (share > 0)
        terms.append(fieldName(field).toString() + u">="_s +
                     QString::number(std::round(static_cast<double>(share) * 1e4) / 100));
}

} // namespace

QString filterText(const EventFilter &filter, const FilterNames &names)
{
    QStringList terms;
    for (const QString &word : filter.words)
        terms.append(quoted(word));
    addTypes(terms, filter.types);
    addChoice(terms, FilterField::Region, filter.regions, names.regions, sayRegions);
    addChoice(terms, FilterField::Source, filter.sources, names.sources, saySources);
    addShare(terms, FilterField::Severity, filter.severityMin);
    addShare(terms, FilterField::Confidence, filter.confidenceMin);
    if (filter.box) {
        const auto degrees = [](double value) {
            return QString::number(value, 'g', QLocale::FloatingPointShortest);
        };
        addTerm(terms, FilterField::Box,
                {degrees(filter.box->west), degrees(filter.box->south), degrees(filter.box->east),
                 degrees(filter.box->north)},
                false);
    }
    return terms.join(u' ');
}

FilterCompletion completeFilter(const QString &text, qsizetype cursor, const FilterNames &names,
                                qsizetype limit)
{
    const QStringView before =
        QStringView(text).first(std::clamp<qsizetype>(cursor, 0, text.size()));
    qsizetype begin = before.lastIndexOf(u' ') + 1;
    const QStringView term = before.sliced(begin);
    const qsizetype name = term.startsWith(u'-') ? 1 : 0;
    const qsizetype colon = term.indexOf(u':');
    QStringList all;
    if (colon < 0) {
        begin += name;
        for (int field = 0; field < kFilterFieldCount; ++field) {
            const auto which = static_cast<FilterField>(field);
            const bool isShare = which == FilterField::Severity || which == FilterField::Confidence;
            all.append(fieldName(which).toString() + (isShare ? u">="_s : u":"_s));
        }
    } else {
        begin += std::max(colon, term.lastIndexOf(u',')) + 1;
        const auto field = fieldFrom(term.sliced(name, colon - name));
        if (field == FilterField::Region)
            for (const QString &region : names.regions)
                all.append(region.isEmpty() ? u"none"_s : region);
        if (field == FilterField::Source)
            all = names.sources;
        for (std::size_t type = 0; field == FilterField::Type && type < schema::kEventTypeCount;
             ++type)
            all.append(fromView(schema::toString(static_cast<schema::EventType>(type))));
        for (std::size_t category = 0;
             field == FilterField::Category && category < schema::kEventCategoryCount; ++category)
            all.append(fromView(schema::toString(static_cast<schema::EventCategory>(category))));
    }
    FilterCompletion completion{begin, before.size() - begin, {}};
    const QStringView typed = before.sliced(begin);
    if (colon < 0 && typed.isEmpty())
        return completion; // nothing was begun: a word of a headline may come
    all.sort(Qt::CaseInsensitive);
    for (const QString &candidate : all)
        if (completion.candidates.size() < limit &&
            candidate.startsWith(typed, Qt::CaseInsensitive) && candidate != typed)
            completion.candidates.append(candidate);
    return completion;
}

} // namespace chrona::workspace
