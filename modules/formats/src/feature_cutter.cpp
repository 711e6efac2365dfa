// SPDX-License-Identifier: AGPL-3.0-or-later
#include "feature_cutter.h"

#include <format>

namespace chrona::formats {
namespace {

std::unexpected<Error> refuseLarge(std::string what)
{
    return fail(ErrorCode::InvalidInput, std::move(what),
                "a file of this size is read as a GeoJSON FeatureCollection only; split it, or "
                "convert it");
}

} // namespace

Status FeatureCutter::keepAround(char byte)
{
    if (m_around.size() >= kAroundBytesMax)
        return refuseLarge(std::format("no features come within its first {} KiB",
                                       kAroundBytesMax >> 10));
    m_around += byte;
    return {};
}

Status FeatureCutter::refuseFeature() const
{
    return refuseLarge(std::format("feature {} is larger than {} MiB", m_number + 1,
                                   kFeatureBytesMax >> 20));
}

Status FeatureCutter::pushByte(char byte, const Take &take)
{
    if (m_string.isInside()) {
        m_string.push(byte);
        if (m_place == Place::Around)
            return keepAround(byte);
        m_feature += byte;
        return m_feature.size() > kFeatureBytesMax ? refuseFeature() : Status();
    }
    switch (m_place) {
    case Place::Around:
        if (byte == '"') {
            m_string.begin();
        } else if (byte == ':') {
            m_isAfterName = m_depth == 1 && m_string.head() == "features" && !m_hasFeatures;
        } else if (byte == '[' && m_isAfterName) {
            m_place = Place::Features;
            m_hasFeatures = true;
        } else if (!isJsonBlank(byte)) {
            m_isAfterName = false;
        }
        if (byte == '{' || (byte == '[' && m_place == Place::Around))
            ++m_depth;
        else if ((byte == '}' || byte == ']') && m_depth > 0)
            --m_depth;
        return keepAround(byte);
    case Place::Features:
        if (isJsonBlank(byte) || byte == ',')
            return {};
        if (byte == ']') {
            m_place = Place::Around;
            return keepAround(byte);
        }
        if (byte != '{')
            return refuseLarge(std::format("feature {} is no object", m_number + 1));
        m_place = Place::Feature;
        m_feature = '{';
        m_depth = 1;
        return {};
    case Place::Feature:
        m_feature += byte;
        if (byte == '"')
            m_string.begin();
        else if (byte == '{' || byte == '[')
            ++m_depth;
        else if ((byte == '}' || byte == ']') && --m_depth == 0) {
            m_place = Place::Features;
            m_depth = 1;
            return take(m_feature, ++m_number);
        }
        return {};
    }
    return {};
}

Status FeatureCutter::push(std::string_view bytes, const Take &take)
{
    for (std::size_t at = 0; at < bytes.size(); ++at) {
        // Numbers are most of a boundary: taken at once up to what means something.
        if (m_place == Place::Feature && !m_string.isInside()) {
            const auto next = bytes.find_first_of("\"{}[]", at);
            const auto length = (next == std::string_view::npos ? bytes.size() : next) - at;
            m_feature.append(bytes, at, length);
            at += length;
            if (m_feature.size() > kFeatureBytesMax)
                return refuseFeature();
            if (at == bytes.size())
                break;
        }
        if (auto done = pushByte(bytes[at], take); !done)
            return done;
    }
    return {};
}

Result<std::string> FeatureCutter::finish() const
{
    if (!m_hasFeatures)
        return refuseLarge("it has no features");
    if (m_place != Place::Around || m_string.isInside() || m_depth != 0)
        return fail(ErrorCode::InvalidInput,
                    std::format("the file is cut off in or after feature {}", m_number),
                    "what came before it is taken; bring the whole file for the rest");
    return m_around;
}

} // namespace chrona::formats
