// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/features/definition.h"

#include <algorithm>
#include <array>
#include <format>
#include <set>

namespace chrona::features {

namespace {

constexpr std::size_t kDefinitionsMax = 10'000;
constexpr std::array<std::string_view, 3> kSeriesKinds{"series:", "macro:", "price:"};

Status checkOwn(const Definition &definition)
{
    const std::string &key = definition.key;
    if (!key.contains('.') || key.front() == '.' || key.back() == '.')
        return fail(ErrorCode::InvalidInput, std::format("the key {} has no dot inside", key),
                    std::format("write key=own.{}", key.empty() ? "name" : key));
    const auto taken = std::ranges::find_if(defaultCatalogue(), [&](const Definition &shipped) {
        return mayMeet(definition, shipped);
    });
    if (taken != defaultCatalogue().end())
        return fail(ErrorCode::InvalidInput,
                    std::format("{} could be a feature of {}, which is shipped", key, taken->key),
                    std::format("write key=own.{}; what is shipped can be disabled", key));
    const bool isSeries = definition.source == Definition::Source::Series;
    if (isSeries && std::ranges::none_of(kSeriesKinds, [&](std::string_view kind) {
            return definition.series.starts_with(kind);
        }))
        return fail(ErrorCode::InvalidInput,
                    std::format("there can be no series '{}'", definition.series),
                    "write series:KEY, macro:KEY or price:SYMBOL; a * at the end takes all that "
                    "begin so");
    return {};
}

template <class Check> CheckedCatalogue checkLines(std::string_view text, const Check &check)
{
    CheckedCatalogue catalogue;
    std::set<std::string> keys;
    for (std::size_t number = 1; !text.empty(); ++number) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        const std::string_view line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        const std::size_t first = line.find_first_not_of(" \t\r");
        if (first == std::string_view::npos || line[first] == '#')
            continue;
        const auto refuse = [&](std::string what, std::string remedy) {
            catalogue.faults.push_back({number, std::move(what), std::move(remedy)});
        };
        auto definition = parseDefinition(line);
        if (!definition) {
            refuse(definition.error().what, definition.error().remedy);
            continue;
        }
        if (const Status checked = check(*definition, catalogue); !checked) {
            refuse(checked.error().what, checked.error().remedy);
            continue;
        }
        if (!keys.insert(definition->key).second) {
            refuse(std::format("the key {} is taken", definition->key), "choose another one");
            continue;
        }
        if (catalogue.definitions.size() == kDefinitionsMax) {
            refuse(std::format("a catalogue has at most {} definitions", kDefinitionsMax),
                   "use an axis: one definition makes a feature for each of its values");
            break;
        }
        catalogue.definitions.push_back(std::move(*definition));
        catalogue.lines.push_back(number);
    }
    return catalogue;
}

} // namespace

bool mayMeet(const Definition &definition, const Definition &other)
{
    const auto makes = [](const Definition &made, std::string_view key) {
        const bool hasMembers =
            made.axis != Axis::None || made.source == Definition::Source::Series;
        return key == made.key || (hasMembers && key.starts_with(made.key + "."));
    };
    return makes(definition, other.key) || makes(other, definition.key);
}

CheckedCatalogue checkCatalogue(std::string_view text)
{
    return checkLines(text, [](const Definition &, const CheckedCatalogue &) { return Status(); });
}

CheckedCatalogue checkOwnCatalogue(std::string_view text)
{
    return checkLines(text, [](const Definition &definition, const CheckedCatalogue &before) {
        const auto other = std::ranges::find_if(before.definitions, [&](const Definition &each) {
            return each.key != definition.key && mayMeet(definition, each);
        });
        if (other != before.definitions.end())
            return Status(fail(ErrorCode::InvalidInput,
                               std::format("features of {} and {} could be called alike",
                                           definition.key, other->key),
                               "choose a key that does not begin with the other one"));
        return checkOwn(definition);
    });
}

Result<std::vector<Definition>> parseCatalogue(std::string_view text)
{
    CheckedCatalogue catalogue = checkCatalogue(text);
    if (catalogue.faults.empty())
        return std::move(catalogue.definitions);
    const DefinitionFault &first = catalogue.faults.front();
    return fail(ErrorCode::InvalidInput, std::format("line {}: {}", first.line, first.what),
                first.remedy);
}

} // namespace chrona::features
