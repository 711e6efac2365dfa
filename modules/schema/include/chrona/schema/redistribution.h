// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/schema/source.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

/// What may leave this installation. One rule for every way out: files of events, series and
/// features, graphs, briefings, portable investigations, HTTP (docs/adr/0071-redistribution.md).
namespace chrona::schema {

/// Why something stays here.
enum class Withheld : std::uint8_t {
    TermsForbid,  ///< the terms of its source do not let it be passed on
    OwnUseOnly,   ///< fetched with the person's own key, for this installation alone
    TermsUnknown, ///< nobody knows the terms: its source has no entry any more
};
[[nodiscard]] std::string_view toString(Withheld reason);

/// nullopt: it may be passed on, with the attribution that its entry asks for.
[[nodiscard]] std::optional<Withheld> withheldBy(Redistribution redistribution);
[[nodiscard]] std::optional<Withheld> withheldBy(const Source &source);

/// Judges one item after the other on its way out and keeps account of what stays.
///
/// Facts without a source (SourceId null) are of our own making and may leave. One thread.
class ExportGate {
public:
    /// Knows the registry; copies what it needs.
    explicit ExportGate(std::span<const Source> registry);

    /// Whether it may leave; what may not is counted under its source.
    [[nodiscard]] bool admits(SourceId source);

    struct Stayed {
        std::string source; ///< its name
        std::string key;    ///< empty where it has no entry
        Withheld reason = Withheld::TermsForbid;
        std::size_t count = 0;
        friend bool operator==(const Stayed &, const Stayed &) = default;
    };
    /// What was withheld so far, by source.
    [[nodiscard]] std::vector<Stayed> stayed() const;
    /// "12 of Tiingo EOD: its terms do not let it be passed on": a line for whoever gets the rest.
    [[nodiscard]] static std::string sentence(const Stayed &stayed);
    /// The attributions that must go along with what left, in order, each once.
    [[nodiscard]] std::vector<std::string> attributions() const;

private:
    struct Entry {
        std::string name, key, attribution;
        std::optional<Withheld> withheld;
        std::size_t admitted = 0, stayed = 0;
    };
    std::map<SourceId, Entry> m_sources;
};

} // namespace chrona::schema
