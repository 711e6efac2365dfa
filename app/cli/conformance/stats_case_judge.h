// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "case_value.h"

#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace chrona::cli {

struct CaseTolerance {
    double relative = 0;
    double absolute = 0;
};
/// {"rel", "abs"}; anything else ({"exact"}, {"statistical"}) allows nothing.
[[nodiscard]] CaseTolerance toleranceOf(const CaseValue &value);

/// Compares what was computed with what one case expects, and makes sure that nothing in the case
/// was left unread. Outputs that a case does not have are not compared.
class CaseJudge {
public:
    CaseJudge(const CaseValue &item, CaseTolerance tolerance) : m_item(item), m_tolerance(tolerance)
    {
    }

    void compare(std::string_view output, double got);
    void compare(std::string_view output, std::span<const double> got);
    void compareMember(std::string_view output, std::string_view member, double got);
    void compareMember(std::string_view output, std::string_view member,
                       std::span<const double> got);
    void within(std::string_view output, double got, double want, double distance);
    void same(std::string_view what, std::span<const double> got, std::span<const double> want);
    void require(std::string_view what, bool holds);
    /// Members of the case that are read elsewhere.
    void inputs(std::initializer_list<std::string_view> names);
    void knows(std::string_view name) { m_known.emplace_back(name); }

    /// Empty when the case passed, else the first difference.
    [[nodiscard]] std::string verdict() const;

private:
    void check(std::string_view what, double got, double want);
    void checkAll(std::string_view what, std::span<const double> got, const CaseValue &want);
    void blame(std::string reason);

    const CaseValue &m_item;
    CaseTolerance m_tolerance;
    std::vector<std::string> m_known;
    std::string m_reason;
    std::size_t m_compared = 0;
};

} // namespace chrona::cli
