// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/ipc/fields.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// The catalogue of features: what is computed, and how a user adds to it.
namespace chrona::ipc {

/// One rule, from which come one or more features.
struct DefinitionEntry {
    std::string key, name;
    std::string rule;  ///< one line of word=value
    std::string fault; ///< why it could not be computed the last time; empty: it could
    bool isOwn = false; ///< the user's; else shipped
    bool isEnabled = true;
    bool inDiscovery = true;
    std::int64_t features = 0;
    std::optional<Instant> refreshedAt; ///< absent: it is built with the next refresh
    static constexpr auto fields()
    {
        using T = DefinitionEntry;
        return fieldList(required("key", &T::key), field("name", &T::name), field("rule", &T::rule),
                         field("fault", &T::fault), field("own", &T::isOwn),
                         field("enabled", &T::isEnabled), field("in_discovery", &T::inDiscovery),
                         field("features", &T::features), field("refreshed_at", &T::refreshedAt));
    }
    friend bool operator==(const DefinitionEntry &, const DefinitionEntry &) = default;
};

struct CatalogueReply {
    static constexpr std::uint16_t kType = 0x0611;
    std::vector<DefinitionEntry> definitions; ///< as they are computed: shipped ones first
    static constexpr auto fields()
    {
        return fieldList(field("definitions", &CatalogueReply::definitions));
    }
    friend bool operator==(const CatalogueReply &, const CatalogueReply &) = default;
};

struct CatalogueQuery {
    static constexpr std::uint16_t kType = 0x0610;
    using Reply = CatalogueReply;
    static constexpr auto fields() { return fieldList(); }
    friend bool operator==(const CatalogueQuery &, const CatalogueQuery &) = default;
};

/// What is wrong with one line of a file of definitions.
struct DefinitionFault {
    std::int64_t line = 0; ///< from 1
    std::string what, remedy;
    static constexpr auto fields()
    {
        using T = DefinitionFault;
        return fieldList(field("line", &T::line), field("what", &T::what),
                         field("remedy", &T::remedy));
    }
    friend bool operator==(const DefinitionFault &, const DefinitionFault &) = default;
};

struct FeaturesDefined {
    static constexpr std::uint16_t kType = 0x0613;
    std::vector<DefinitionFault> faults; ///< any: nothing was stored
    std::vector<std::string> added, changed, unchanged; ///< keys
    static constexpr auto fields()
    {
        using T = FeaturesDefined;
        return fieldList(field("faults", &T::faults), field("added", &T::added),
                         field("changed", &T::changed), field("unchanged", &T::unchanged));
    }
    friend bool operator==(const FeaturesDefined &, const FeaturesDefined &) = default;
};

/// Adds definitions, or changes those of the same keys. All of them, or none where one is wrong.
struct DefineFeatures {
    static constexpr std::uint16_t kType = 0x0612;
    static constexpr std::size_t kBytesMax = 1U << 20;
    using Reply = FeaturesDefined;
    std::string text;       ///< one definition a line; # begins a remark
    bool checkOnly = false; ///< says what would be done
    bool inDiscovery = true;
    static constexpr auto fields()
    {
        using T = DefineFeatures;
        return fieldList(required("text", &T::text), field("check_only", &T::checkOnly),
                         field("in_discovery", &T::inDiscovery));
    }
    friend bool operator==(const DefineFeatures &, const DefineFeatures &) = default;
};

struct DefinitionChanged {
    static constexpr std::uint16_t kType = 0x0615;
    std::int64_t features = 0; ///< that the definition had made
    static constexpr auto fields()
    {
        return fieldList(field("features", &DefinitionChanged::features));
    }
    friend bool operator==(const DefinitionChanged &, const DefinitionChanged &) = default;
};

/// Switches a definition on or off, or takes one of the user's away with all its values.
struct ChangeDefinition {
    static constexpr std::uint16_t kType = 0x0614;
    using Reply = DefinitionChanged;
    std::string key;
    std::string action; ///< enable, disable or remove
    static constexpr auto fields()
    {
        using T = ChangeDefinition;
        return fieldList(required("key", &T::key), required("action", &T::action));
    }
    friend bool operator==(const ChangeDefinition &, const ChangeDefinition &) = default;
};

} // namespace chrona::ipc
