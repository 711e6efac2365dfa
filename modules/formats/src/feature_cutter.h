// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "json_bytes.h"

#include "chrona/base/result.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace chrona::formats {

/// Cuts a GeoJSON FeatureCollection that comes in pieces into its features, without a look at what
/// they hold: memory is that of the largest one. One thread at a time.
class FeatureCutter {
public:
    static constexpr std::size_t kFeatureBytesMax = 64U << 20;
    static constexpr std::size_t kAroundBytesMax = 1U << 20; ///< of all that is no feature
    /// The JSON of one feature and its number from 1. Valid during the call only; a failure ends
    /// the cutting and is what push() returns.
    using Take = std::function<Status(std::string_view json, std::uint64_t number)>;

    [[nodiscard]] Status push(std::string_view bytes, const Take &take);
    /// What came before the features, and behind them; whole at the end only.
    [[nodiscard]] const std::string &around() const { return m_around; }
    /// The document without its features; fails where it is not whole.
    [[nodiscard]] Result<std::string> finish() const;

private:
    enum class Place : std::uint8_t { Around, Features, Feature };
    [[nodiscard]] Status pushByte(char byte, const Take &take);
    [[nodiscard]] Status keepAround(char byte);
    [[nodiscard]] Status refuseFeature() const;

    Place m_place = Place::Around;
    std::string m_around, m_feature;
    JsonStringFollower m_string; ///< the latest, which may be a member's name
    bool m_hasFeatures = false;
    bool m_isAfterName = false; ///< "features" and a colon came
    std::size_t m_depth = 0;    ///< of braces and brackets, in the document or in the feature
    std::uint64_t m_number = 0;
};

} // namespace chrona::formats
