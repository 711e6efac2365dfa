// SPDX-License-Identifier: AGPL-3.0-or-later
#include "venue_choice.h"

#include <algorithm>

namespace chrona::service {
namespace {

constexpr double kGapMsMax = 60'000, kVoiceGapWeight = 0.05;

} // namespace

VenueChoice::VenueChoice(std::size_t listeners, std::size_t markets)
    : m_voices(listeners), m_newestMs(markets), m_beforeMs(markets)
{
}

bool VenueChoice::isSilent(const Voice &voice, std::int64_t nowMs) const
{
    const auto patience =
        std::max(kSilentMsMin, static_cast<std::int64_t>(5 * voice.usualGapMs));
    return voice.heardMs == 0 || nowMs - voice.heardMs > patience;
}

void VenueChoice::change(std::size_t to, std::int64_t nowMs)
{
    m_current = to;
    m_changedMs = nowMs;
    m_beforeMs = m_newestMs;
    ++m_changes;
}

bool VenueChoice::hear(std::size_t listener, std::int64_t nowMs)
{
    Voice &voice = m_voices[listener];
    if (isSilent(voice, nowMs)) {
        voice.sinceMs = nowMs;
    } else {
        const auto gap = static_cast<double>(std::max<std::int64_t>(nowMs - voice.heardMs, 0));
        voice.usualGapMs += kVoiceGapWeight * (std::min(gap, kGapMsMax) - voice.usualGapMs);
    }
    voice.heardMs = nowMs;
    if (listener == m_current)
        return true;
    const bool isNeeded = isSilent(m_voices[m_current], nowMs);
    const bool isBetter = listener < m_current && nowMs - voice.sinceMs >= kBackAfterMs;
    if (isNeeded || isBetter)
        change(listener, nowMs);
    return listener == m_current;
}

bool VenueChoice::isToldTwice(std::size_t market, bool isTrade, std::int64_t statedMs,
                              std::int64_t nowMs)
{
    if (market >= m_newestMs.size())
        return false;
    const bool isOverlap = m_changes > 0 && nowMs - m_changedMs < kOverlapMs;
    const bool isTwice = isOverlap && isTrade && statedMs <= m_beforeMs[market];
    if (!isTwice)
        m_newestMs[market] = std::max(m_newestMs[market], statedMs);
    return isTwice;
}

} // namespace chrona::service
