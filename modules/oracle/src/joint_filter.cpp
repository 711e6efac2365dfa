// SPDX-License-Identifier: AGPL-3.0-or-later
#include "joint_filter.h"

#include <algorithm>
#include <cmath>

namespace chrona::oracle {
namespace {

/// Of a stable currency's rate before anything is known of it, basis points.
constexpr double kRateDeviation = 3;
constexpr double kVarianceMin = 1e-6;

} // namespace

JointFilter::JointFilter(Shape shape)
    : m_firstBasis(shape.currencies), m_size(shape.currencies + shape.venues),
      m_stride((m_size + 3) / 4 * 4), m_mean(m_stride), m_cov(m_stride * m_stride),
      m_prior(m_stride), m_gain(m_stride)
{
    for (std::size_t c = 1; c < m_firstBasis; ++c)
        diagonal(c) = kRateDeviation * kRateDeviation;
}

void JointFilter::start(double factor, double variance)
{
    m_mean[0] = factor;
    m_cov[0] = variance;
    m_recent = variance;
}

/// Less than all that is recent, so that the covariance stays one.
double JointFilter::unseenOf(const Measurement &m) const
{
    constexpr double kPart = 0.95;
    return std::min(m.unseenVariance, kPart * m_recent);
}

void JointFilter::relax(double seconds, double basisMemory)
{
    const double kept = std::exp(-seconds / basisMemory);
    for (std::size_t i = m_firstBasis; i < m_size; ++i) {
        m_mean[i] *= kept;
        double *row = &m_cov[i * m_stride];
        for (std::size_t j = 0; j < m_size; ++j)
            row[j] *= kept;
        for (std::size_t j = 0; j < m_size; ++j)
            m_cov[j * m_stride + i] *= kept;
        diagonal(i) += m_prior[i] * (1 - kept * kept);
    }
}

double JointFilter::innovationVariance(const Measurement &m) const
{
    const std::size_t b = m_firstBasis + m.venue;
    const double *factor = m_cov.data();
    const double *basis = &m_cov[b * m_stride];
    double variance = factor[0] - unseenOf(m) + 2 * factor[b] + basis[b];
    if (m.currency > 0)
        variance += m_cov[m.currency * m_stride + m.currency] - 2 * factor[m.currency] -
                    2 * basis[m.currency];
    return std::max(variance, kVarianceMin) + m.noiseVariance;
}

void JointFilter::update(const Measurement &m)
{
    const std::size_t b = m_firstBasis + m.venue;
    const double *factor = m_cov.data();
    const double *basis = &m_cov[b * m_stride];
    for (std::size_t i = 0; i < m_stride; ++i)
        m_gain[i] = factor[i] + basis[i];
    if (m.currency > 0) {
        const double *rate = &m_cov[m.currency * m_stride];
        for (std::size_t i = 0; i < m_stride; ++i)
            m_gain[i] -= rate[i];
    }
    const double unseen = unseenOf(m);
    m_gain[0] -= unseen;
    apply(m.innovation, innovationVariance(m));
    const double seen = m_recent - unseen;
    m_recent -= seen * seen / (seen + m.noiseVariance);
}

void JointFilter::updateRate(std::size_t currency, double innovation, double noiseVariance)
{
    const double *rate = &m_cov[currency * m_stride];
    std::copy_n(rate, m_stride, m_gain.begin());
    apply(innovation, rate[currency] + noiseVariance);
}

/// m_gain holds the covariance of every state with the measurement.
void JointFilter::apply(double innovation, double variance)
{
    const double inverse = 1 / variance;
    const double step = innovation * inverse;
    for (std::size_t i = 0; i < m_stride; ++i) {
        m_mean[i] += m_gain[i] * step;
        const double scaled = m_gain[i] * inverse;
        double *row = &m_cov[i * m_stride];
        for (std::size_t j = 0; j < m_stride; ++j)
            row[j] -= scaled * m_gain[j];
    }
    // Rounding must not cost positivity.
    for (std::size_t i = 0; i < m_size; ++i)
        diagonal(i) = std::max(diagonal(i), kVarianceMin);
}

} // namespace chrona::oracle
