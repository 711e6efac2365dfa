// SPDX-License-Identifier: AGPL-3.0-or-later
#include "words.h"

#include <algorithm>
#include <charconv>
#include <format>
#include <functional>
#include <numeric>
#include <set>
#include <utility>

namespace chrona::features {

namespace {

constexpr std::size_t kLineMax = 4'000; ///< as many as a stored rule may have

std::string joined(const auto &parts, std::string_view between)
{
    std::string text;
    for (const auto &part : parts)
        text.append(text.empty() ? "" : between).append(part);
    return text;
}

std::vector<std::string> partsOf(std::string_view text)
{
    std::vector<std::string> parts;
    while (!text.empty()) {
        const std::size_t comma = std::min(text.find(','), text.size());
        if (comma > 0)
            parts.emplace_back(text.substr(0, comma));
        text.remove_prefix(std::min(comma + 1, text.size()));
    }
    return parts;
}

template <class Number> bool readNumber(std::string_view text, Number &number)
{
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && end == text.data() + text.size();
}

template <class Enum> bool take(std::optional<Enum> value, Enum &into)
{
    if (value)
        into = *value;
    return value.has_value();
}

/// One word of the text form: how it is written and how it is read.
struct Field {
    std::string_view word;
    std::function<std::string(const Definition &)> write;
    std::function<bool(Definition &, std::string_view)> read; ///< false: no such value
    std::string choices{}; ///< what it may be, for whoever wrote something else
};

/// Every name of an enum that counts from 0, with commas between.
template <class Enum> std::string namesOf()
{
    std::string names;
    for (int value = 0; value < 256; ++value) {
        const std::string_view name = schema::toString(static_cast<Enum>(value));
        if (name == "unknown")
            break;
        names += (names.empty() ? "" : ", ") + std::string(name);
    }
    return names;
}

template <class Member> Field textField(std::string_view word, Member member)
{
    return {word, [member](const Definition &d) { return std::invoke(member, d); },
            [member](Definition &d, std::string_view text) {
                std::invoke(member, d) = text;
                return true;
            }};
}

template <class Member> Field listField(std::string_view word, Member member)
{
    return {word, [member](const Definition &d) { return joined(d.filter.*member, ","); },
            [member](Definition &d, std::string_view text) {
                d.filter.*member = partsOf(text);
                return true;
            }};
}

template <class Table, class Member>
Field tableField(std::string_view word, const Table &table, Member member)
{
    return {word,
            [&table, member](const Definition &d) { return std::string(table.nameOf(d.*member)); },
            [&table, member](Definition &d, std::string_view text) {
                return take(table.valueOf(text), d.*member);
            },
            joined(table.names, ", ")};
}

template <class Enum, class From>
Field schemaField(std::string_view word, Enum Definition::*member, From from,
                  std::string choices = namesOf<Enum>())
{
    return {word,
            [member](const Definition &d) { return std::string(schema::toString(d.*member)); },
            [member, from](Definition &d, std::string_view text) {
                return take(from(text), d.*member);
            },
            std::move(choices)};
}

Field shareField(std::string_view word, double EventFilter::*member)
{
    return {word, [member](const Definition &d) { return std::format("{}", d.filter.*member); },
            [member](Definition &d, std::string_view text) {
                return readNumber(text, d.filter.*member);
            },
            "a number from 0 to 1"};
}

Field typesField()
{
    return {"types",
            [](const Definition &d) {
                std::vector<std::string_view> names;
                for (const auto type : d.filter.types)
                    names.push_back(schema::toString(type));
                return joined(names, ",");
            },
            [](Definition &d, std::string_view text) {
                d.filter.types.clear();
                for (const auto &name : partsOf(text)) {
                    const auto type = schema::eventTypeFrom(name);
                    if (!type)
                        return false;
                    d.filter.types.push_back(*type);
                }
                return true;
            },
            namesOf<schema::EventType>()};
}

const std::vector<Field> &fields()
{
    static const std::vector<Field> kFields{
        textField("key", &Definition::key),
        textField("name", &Definition::name),
        textField("unit", &Definition::unit),
        schemaField("kind", &Definition::kind, schema::featureKindFrom),
        tableField("source", kSources, &Definition::source),
        typesField(),
        listField("regions", &EventFilter::regions),
        listField("topics", &EventFilter::topics),
        listField("entities", &EventFilter::entities),
        shareField("severity_min", &EventFilter::severityMin),
        shareField("confidence_min", &EventFilter::confidenceMin),
        tableField("aggregate", kAggregations, &Definition::aggregation),
        textField("figure", &Definition::figure),
        tableField("axis", kAxes, &Definition::axis),
        textField("series", &Definition::series),
        tableField("transform", kTransforms, &Definition::transform),
        {"span", [](const Definition &d) { return std::format("{}", d.span); },
         [](Definition &d, std::string_view text) { return readNumber(text, d.span); },
         "a whole number of observations"},
        schemaField("bucket", &Definition::bucket, schema::frequencyFrom, "hour, day"),
        schemaField("empty", &Definition::emptyBucket, schema::emptyBucketFrom),
        schemaField("vintages", &Definition::vintages, schema::vintageChoiceFrom),
        {"version", [](const Definition &d) { return std::format("{}", d.version); },
         [](Definition &d, std::string_view text) {
             return readNumber(text, d.version) && d.version >= 1;
         },
         "a whole number from 1"},
    };
    return kFields;
}

std::string quoted(const std::string &text)
{
    if (!text.empty() && text.find_first_of(" \t\"\\#") == std::string::npos)
        return text;
    std::string result = "\"";
    for (const char letter : text) {
        if (letter == '"' || letter == '\\')
            result += '\\';
        result += letter;
    }
    return result + '"';
}

/// So many letters must be changed, added or taken away to make one word of the other.
std::size_t distance(std::string_view a, std::string_view b)
{
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 0; i < a.size(); ++i) {
        std::size_t diagonal = std::exchange(row[0], i + 1);
        for (std::size_t j = 0; j < b.size(); ++j) {
            const std::size_t other = std::min(row[j], row[j + 1]) + 1;
            diagonal =
                std::exchange(row[j + 1], std::min(other, diagonal + (a[i] == b[j] ? 0 : 1)));
        }
    }
    return row.back();
}

/// What to write instead of a word that is none.
std::string nearestWord(std::string_view word)
{
    const auto nearest = std::ranges::min_element(
        fields(), {}, [&](const Field &field) { return distance(word, field.word); });
    if (distance(word, nearest->word) <= 2)
        return std::format("write {}", nearest->word);
    std::string words;
    for (const Field &field : fields())
        words += std::format("{}{}", words.empty() ? "" : ", ", field.word);
    return "words are " + words;
}

/// Reads a value up to the next space, or to its closing quote; takes it off the text.
Result<std::string> takeValue(std::string_view &text)
{
    std::string value;
    const bool isQuoted = text.starts_with('"');
    std::size_t at = isQuoted ? 1 : 0;
    for (; at < text.size(); ++at) {
        const char letter = text[at];
        if (isQuoted ? letter == '"' : letter == ' ' || letter == '\t' || letter == '\r')
            break;
        if (isQuoted && letter == '\\' && at + 1 < text.size())
            ++at;
        value += text[at];
    }
    if (isQuoted && at == text.size())
        return fail(ErrorCode::InvalidInput, "a quote is not closed",
                    "end the value with a quote, or leave out the first");
    text.remove_prefix(std::min(at + (isQuoted ? 1 : 0), text.size()));
    return value;
}

} // namespace

std::string textOf(const Definition &definition)
{
    static const Definition kDefaults;
    std::string text;
    for (const auto &field : fields()) {
        const std::string value = field.write(definition);
        if (field.word == "key" || value != field.write(kDefaults))
            text += std::format("{}{}={}", text.empty() ? "" : " ", field.word, quoted(value));
    }
    return text;
}

Result<Definition> parseDefinition(std::string_view line)
{
    const auto refuse = [](std::string why, std::string remedy = {}) {
        return fail(ErrorCode::InvalidInput, std::move(why), std::move(remedy));
    };
    if (line.size() > kLineMax)
        return refuse(std::format("a definition has at most {} bytes", kLineMax));
    Definition definition;
    std::set<std::string_view> seen;
    while (true) {
        line.remove_prefix(std::min(line.find_first_not_of(" \t\r"), line.size()));
        if (line.empty())
            break;
        const std::size_t equals = line.find('=');
        const std::string_view word = line.substr(0, equals);
        const auto field = std::ranges::find(fields(), word, &Field::word);
        if (equals == std::string_view::npos || field == fields().end())
            return refuse(std::format("'{}' is no word of a definition", word.substr(0, 40)),
                          equals == std::string_view::npos ? "write word=value"
                                                           : nearestWord(word));
        if (!seen.insert(field->word).second)
            return refuse(std::format("{} stands twice", word), "leave one of them out");
        line.remove_prefix(equals + 1);
        const auto value = takeValue(line);
        if (!value)
            return std::unexpected(value.error());
        if (!field->read(definition, *value))
            return refuse(std::format("{} cannot be '{}'", word, value->substr(0, 40)),
                          field->choices.empty() ? "" : "it can be " + field->choices);
    }
    if (auto checked = check(definition); !checked)
        return std::unexpected(checked.error());
    return definition;
}

} // namespace chrona::features
