// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "command.h"

#include "chrona/formats/json_writer.h"

#include <algorithm>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// What commands with verbs share: `chronactl watchlist add NAME WHAT…`.
namespace chrona::cli {

/// A verb and how many words follow it.
struct Verb {
    std::string_view name;
    std::size_t wordsMin = 0, wordsMax = 0;
};
inline constexpr std::size_t kManyWords = static_cast<std::size_t>(-1);

/// The words of a command line; "list" where there are none.
[[nodiscard]] inline std::vector<std::string> verbWords(const Invocation &invocation)
{
    std::vector<std::string> words = invocation.arguments.positionals();
    if (words.empty())
        words.emplace_back("list");
    return words;
}

/// Whether a known verb has the words that it takes.
[[nodiscard]] inline bool verbFits(std::span<const std::string> words, std::span<const Verb> verbs)
{
    const auto verb = std::ranges::find(verbs, words[0], &Verb::name);
    return verb != verbs.end() && words.size() - 1 >= verb->wordsMin &&
           words.size() - 1 <= verb->wordsMax;
}

/// Prints one JSON document, by a function that writes it.
template <class Write> ExitCode printDocument(Invocation &invocation, Write write)
{
    std::string document;
    formats::JsonWriter json(document);
    write(json);
    invocation.out() << document << "\n";
    return ExitCode::Done;
}

/// An array of what `writeOne(json, item)` writes.
template <class Range, class Write>
ExitCode printList(Invocation &invocation, const Range &range, Write writeOne)
{
    return printDocument(invocation, [&](formats::JsonWriter &json) {
        json.beginArray();
        for (const auto &one : range)
            writeOne(json, one);
        json.endArray();
    });
}

} // namespace chrona::cli
