// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/events/novelty.h"

#include "recent_terms.h"

#include <algorithm>
#include <cmath>

namespace chrona::events {
namespace {

constexpr float kNovelCosineMin = 0.1F;
constexpr std::size_t kCompared = 8;

double hours(Duration duration)
{
    return std::chrono::duration<double, std::ratio<3600>>(duration).count();
}

double share(double value)
{
    return value > 0 ? std::min(value, 1.0) : 0; // also for what is no number
}

} // namespace

struct Novelty::State {
    explicit State(const NoveltyOptions &given)
        : options(given), terms({given.window, given.headlinesMax, 256})
    {
    }
    NoveltyOptions options;
    RecentTerms terms;
};

Novelty::Novelty(const NoveltyOptions &options) : m_state(std::make_unique<State>(options)) {}
Novelty::~Novelty() = default;
Novelty::Novelty(Novelty &&) noexcept = default;
Novelty &Novelty::operator=(Novelty &&) noexcept = default;

double Novelty::add(const Headline &headline)
{
    RecentTerms &terms = m_state->terms;
    const auto words = wordsOf(headlineBody(headline.title, headline.publisher));
    const TermVector vector = terms.vectorOf(words);
    double closest = 0;
    for (const Neighbour &near : terms.nearest(vector, kNovelCosineMin, kCompared)) {
        const double apart = std::abs(hours(headline.published - terms.timeOf(near.item)));
        const double faded = std::exp2(-apart / std::max(1e-3, hours(m_state->options.halfLife)));
        closest = std::max(closest, double(near.cosine) * faded);
    }
    terms.add(vector, headline.published);
    return 1 - share(closest);
}

AdmissionBudget::AdmissionBudget(const AdmissionPolicy &policy, Instant now)
    : m_policy(policy), m_left(std::max(0.0, policy.burst)), m_at(now)
{
}

Admission AdmissionBudget::decide(const Merit &merit, Instant now)
{
    if (now > m_at) {
        m_left = std::min(m_policy.burst, m_left + m_policy.itemsPerHour * hours(now - m_at));
        m_at = now;
    }
    const double score = share(merit.relevance) * share(merit.novelty);
    if (score < m_policy.scoreMin)
        return Admission::NotWorth;
    const double spent = m_policy.burst > 0 ? 1 - m_left / m_policy.burst : 1;
    const double needed = m_policy.scoreMin + (1 - m_policy.scoreMin) * spent * spent;
    if (m_left < 1 || score < needed)
        return Admission::Deferred;
    m_left -= 1;
    return Admission::Admitted;
}

} // namespace chrona::events
