// SPDX-License-Identifier: AGPL-3.0-or-later
#include "words.h"

#include <algorithm>
#include <charconv>
#include <format>
#include <functional>
#include <set>
#include <span>

namespace chrona::features {

namespace {

constexpr std::size_t kLineMax = 4'000; ///< as many as a stored rule may have
constexpr std::size_t kDefinitionsMax = 10'000;

std::string joined(std::span<const std::string> parts)
{
    std::string text;
    for (const auto &part : parts)
        text += (text.empty() ? "" : ",") + part;
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
};

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
    return {word, [member](const Definition &d) { return joined(d.filter.*member); },
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
            }};
}

template <class Member, class From>
Field schemaField(std::string_view word, Member member, From from)
{
    return {word,
            [member](const Definition &d) { return std::string(schema::toString(d.*member)); },
            [member, from](Definition &d, std::string_view text) {
                return take(from(text), d.*member);
            }};
}

Field shareField(std::string_view word, double EventFilter::*member)
{
    return {word, [member](const Definition &d) { return std::format("{}", d.filter.*member); },
            [member](Definition &d, std::string_view text) {
                return readNumber(text, d.filter.*member);
            }};
}

Field typesField()
{
    return {"types",
            [](const Definition &d) {
                std::vector<std::string> names;
                for (const auto type : d.filter.types)
                    names.emplace_back(schema::toString(type));
                return joined(names);
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
            }};
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
         [](Definition &d, std::string_view text) { return readNumber(text, d.span); }},
        schemaField("bucket", &Definition::bucket, schema::frequencyFrom),
        schemaField("empty", &Definition::emptyBucket, schema::emptyBucketFrom),
        schemaField("vintages", &Definition::vintages, schema::vintageChoiceFrom),
        {"version", [](const Definition &d) { return std::format("{}", d.version); },
         [](Definition &d, std::string_view text) {
             return readNumber(text, d.version) && d.version >= 1;
         }},
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
        return fail(ErrorCode::InvalidInput, "a quote is not closed");
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
    const auto refuse = [](std::string why) {
        return fail(ErrorCode::InvalidInput, std::move(why));
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
            return refuse(std::format("'{}' is no word of a definition", word.substr(0, 40)));
        if (!seen.insert(field->word).second)
            return refuse(std::format("{} stands twice", word));
        line.remove_prefix(equals + 1);
        const auto value = takeValue(line);
        if (!value)
            return std::unexpected(value.error());
        if (!field->read(definition, *value))
            return refuse(std::format("{} cannot be '{}'", word, value->substr(0, 40)));
    }
    if (auto checked = check(definition); !checked)
        return std::unexpected(checked.error());
    return definition;
}

Result<std::vector<Definition>> parseCatalogue(std::string_view text)
{
    std::vector<Definition> definitions;
    std::set<std::string> keys;
    for (std::size_t number = 1; !text.empty(); ++number) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        const std::string_view line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        const std::size_t first = line.find_first_not_of(" \t\r");
        if (first == std::string_view::npos || line[first] == '#')
            continue;
        auto definition = parseDefinition(line);
        if (!definition)
            return fail(ErrorCode::InvalidInput,
                        std::format("line {}: {}", number, definition.error().what));
        if (!keys.insert(definition->key).second)
            return fail(ErrorCode::InvalidInput,
                        std::format("line {}: the key {} is taken", number, definition->key));
        if (definitions.size() == kDefinitionsMax)
            return fail(ErrorCode::InvalidInput,
                        std::format("a catalogue has at most {} definitions", kDefinitionsMax));
        definitions.push_back(std::move(*definition));
    }
    return definitions;
}

} // namespace chrona::features
