// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace chrona::oracle {

/// Kalman filter over the common factor, the rates of the stable currencies and each venue's basis,
/// all as 1e4 · ln, so that a unit is a basis point.
///
/// One state for all: a venue in USDT and one in USD see the same factor, so both say something of
/// the USDT rate; and a slow venue tells how far a fast one stands off. A mean of venues forgets
/// both. Scalar measurements only, hence no inversion; the covariance is a flat square array.
class JointFilter {
public:
    struct Shape {
        std::size_t currencies = 1; ///< the first is the feed's own and has no rate
        std::size_t venues = 0;
    };
    /// What a message measures: factor − rate(currency) + basis(venue).
    struct Measurement {
        std::size_t currency = 0;
        std::size_t venue = 0;
        double innovation = 0; ///< against what was estimated for the moment it speaks of
        double unseenVariance =
            0; ///< of the factor's way since that moment, had nobody else spoken
        double noiseVariance = 0;
    };

    explicit JointFilter(Shape shape);

    void start(double factor, double variance);
    /// Lets the factor and the rates wander.
    void diffuseFactor(double variance)
    {
        m_cov[0] += variance;
        m_recent += variance;
    }
    void diffuseRate(std::size_t currency, double variance) { diagonal(currency) += variance; }
    /// Draws bases towards zero; done every now and then, not with each tick. Rates are not drawn
    /// to par: a depeg may last.
    void relax(double seconds, double basisMemory);
    /// What a basis is drawn to; a change is taken on as relax() goes on.
    void setBasisPrior(std::size_t venue, double deviation)
    {
        m_prior[m_firstBasis + venue] = deviation * deviation;
    }
    void startBasis(std::size_t venue)
    {
        diagonal(m_firstBasis + venue) = m_prior[m_firstBasis + venue];
    }

    [[nodiscard]] double innovationVariance(const Measurement &m) const;
    void update(const Measurement &m);
    /// A direct quote of a rate.
    void updateRate(std::size_t currency, double innovation, double noiseVariance);

    [[nodiscard]] double factor() const { return m_mean[0]; }
    [[nodiscard]] double rate(std::size_t currency) const
    {
        return currency == 0 ? 0 : m_mean[currency];
    }
    [[nodiscard]] double basis(std::size_t venue) const { return m_mean[m_firstBasis + venue]; }
    [[nodiscard]] double factorVariance() const { return m_cov[0]; }
    /// What of it is left when every basis and rate is given: the part that comes and goes with the
    /// age of what was last heard. A message that speaks of an earlier moment says nothing of the
    /// way since then, and this bounds how much of the variance that way can be.
    [[nodiscard]] double recentVariance() const { return m_recent; }
    [[nodiscard]] double rateVariance(std::size_t currency) const
    {
        return currency == 0 ? 0 : m_cov[currency * m_stride + currency];
    }
    [[nodiscard]] double basisVariance(std::size_t venue) const
    {
        const std::size_t i = m_firstBasis + venue;
        return m_cov[i * m_stride + i];
    }
    [[nodiscard]] const std::vector<double> &mean() const { return m_mean; }
    [[nodiscard]] const std::vector<double> &covariance() const { return m_cov; }

private:
    double &diagonal(std::size_t i) { return m_cov[i * m_stride + i]; }
    void apply(double innovation, double variance);
    [[nodiscard]] double unseenOf(const Measurement &m) const;

    std::size_t m_firstBasis;
    std::size_t m_size;
    std::size_t m_stride; ///< m_size, rounded up to whole vectors
    double m_recent = 0;
    std::vector<double> m_mean, m_cov, m_prior, m_gain;
};

} // namespace chrona::oracle
