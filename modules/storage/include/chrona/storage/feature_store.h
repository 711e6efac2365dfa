// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/schema/feature.h"
#include "chrona/storage/connection.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

/// The feature catalogue and its values. Values of features whose empty buckets are zero are given
/// and read without the zeros that are known at their bucket's end: whoever knows the calendar puts
/// them back.
namespace chrona::storage {

/// One line of the catalogue.
struct FeatureDefinition {
    std::string key;
    std::string rule; ///< as module features writes it
    bool isEnabled = true;
    bool inDiscovery = true;
    std::optional<Instant> refreshedAt{}; ///< what was ingested before is in; empty: build anew
    bool isOwn = false;                   ///< the user's; else shipped
    std::string fault{};                  ///< why it could not be built the last time
    std::int64_t features = 0;            ///< counted when read
    friend bool operator==(const FeatureDefinition &, const FeatureDefinition &) = default;
};
/// By key, in the order given, the user's after the shipped. Known ones keep whether they are
/// enabled; another rule, or another word on discovery, takes the place of the old one, and another
/// rule is built anew. What ships never takes the place of the user's, nor the other way round.
[[nodiscard]] Status storeDefinitions(Connection &connection,
                                      std::span<const FeatureDefinition> definitions);
/// In the order in which they were given.
[[nodiscard]] Result<std::vector<FeatureDefinition>> loadDefinitions(Connection &connection);

/// Forgets a fault as well. false: there is none of this key.
[[nodiscard]] Result<bool> enableDefinition(Connection &connection, const std::string &key,
                                            bool isEnabled);
/// Takes one of the user's away with its features and values; how many features those were. Fails
/// with NotFound where the user has none of this key. One transaction.
[[nodiscard]] Result<std::int64_t> removeDefinition(Connection &connection, const std::string &key);
/// Why it cannot be built; empty: it can.
[[nodiscard]] Status setDefinitionFault(Connection &connection, const std::string &key,
                                        const std::string &fault);

/// Has everything built anew: history came in that says it was known before it was stored.
[[nodiscard]] Status forgetRefreshes(Connection &connection);

/// All features of one definition that have something new, and the rows.
struct FeatureRows {
    std::string definition;
    std::vector<schema::Feature> features;
    std::vector<std::string> members; ///< one a feature
    std::vector<schema::FeatureValue> values;
    Instant refreshedAt; ///< becomes the definition's
};
/// Takes away what the definition had and stores this. One transaction; the number of values.
[[nodiscard]] Result<std::int64_t> replaceFeatures(Connection &connection, const FeatureRows &rows);
/// Appends what is not there yet. Fails with Conflict, and changes nothing, where a value that was
/// told for the same bucket and moment is another one: history was filled in behind it, and the
/// definition must be replaced. One transaction; the number of values that are new.
[[nodiscard]] Result<std::int64_t> appendFeatures(Connection &connection, const FeatureRows &rows);

struct FeatureQuery {
    std::string text{}; ///< part of key or name, any case
    std::string region{};
    bool inDiscoveryOnly = false;
    std::string afterKey{}; ///< for the next page
    std::uint32_t limit = 1'000;
};
/// By key, with their rules.
[[nodiscard]] Result<std::vector<schema::Feature>> findFeatures(Connection &connection,
                                                                const FeatureQuery &query);

struct FeatureTotals {
    std::int64_t features = 0, values = 0;
    std::optional<Instant> refreshedAt; ///< the oldest of all definitions; empty: some never were
};
[[nodiscard]] Result<FeatureTotals> featureTotals(Connection &connection);

struct FeatureWindow {
    std::optional<Instant> from{}, to{}; ///< bucket_at in [from, to)
    std::optional<Instant> asOf{};       ///< only what was known then
};
/// Every vintage, by bucket, then by when it was known.
[[nodiscard]] Result<std::vector<schema::FeatureValue>>
loadFeatureValues(Connection &connection, schema::FeatureId feature, const FeatureWindow &window);

using FeatureValueSink = std::function<Status(const schema::FeatureValue &value)>;
/// Every vintage of all daily features that discovery may use, by the feature's key, bucket and
/// when it was known; as findFeatures orders features. Ends early with the sink's error.
[[nodiscard]] Status forEachDiscoveryValue(Connection &connection, const FeatureValueSink &sink);
/// The earliest bucket of them of which something was known then; nullopt: none.
[[nodiscard]] Result<std::optional<Instant>> firstDiscoveryBucket(Connection &connection,
                                                                  Instant knownBy);

} // namespace chrona::storage
