// SPDX-License-Identifier: AGPL-3.0-or-later
#include "stats_case_judge.h"

#include <algorithm>
#include <cmath>
#include <format>

namespace chrona::cli {

CaseTolerance toleranceOf(const CaseValue &value)
{
    const auto orNothing = [](double number) { return std::isnan(number) ? 0 : number; };
    return {orNothing(value["rel"].number()), orNothing(value["abs"].number())};
}

void CaseJudge::blame(std::string reason)
{
    if (m_reason.empty())
        m_reason = std::move(reason);
}

void CaseJudge::check(std::string_view what, double got, double want)
{
    ++m_compared;
    const bool isRight =
        std::isnan(want)
            ? std::isnan(got)
            : std::abs(got - want) <= m_tolerance.absolute + m_tolerance.relative * std::abs(want);
    if (!isRight)
        blame(std::format("{}: got {}, want {}", what, got, want));
}

void CaseJudge::checkAll(std::string_view what, std::span<const double> got, const CaseValue &want)
{
    const auto &expected = want.list();
    if (got.size() != expected.size())
        return blame(std::format("{}: got {} values, want {}", what, got.size(), expected.size()));
    for (std::size_t i = 0; i < got.size(); ++i)
        check(std::format("{}[{}]", what, i), got[i], expected[i].number());
}

void CaseJudge::compare(std::string_view output, double got)
{
    knows(output);
    if (const CaseValue *want = m_item.find(output))
        check(output, got, want->number());
}

void CaseJudge::compare(std::string_view output, std::span<const double> got)
{
    knows(output);
    if (const CaseValue *want = m_item.find(output))
        checkAll(output, got, *want);
}

void CaseJudge::compareMember(std::string_view output, std::string_view member, double got)
{
    if (const CaseValue *want = m_item[output].find(member))
        check(std::format("{}.{}", output, member), got, want->number());
}

void CaseJudge::compareMember(std::string_view output, std::string_view member,
                              std::span<const double> got)
{
    if (const CaseValue *want = m_item[output].find(member))
        checkAll(std::format("{}.{}", output, member), got, *want);
}

void CaseJudge::within(std::string_view output, double got, double want, double distance)
{
    knows(output);
    ++m_compared;
    if (!(std::abs(got - want) <= distance))
        blame(std::format("{}: got {}, want {} within {}", output, got, want, distance));
}

void CaseJudge::same(std::string_view what, std::span<const double> got,
                     std::span<const double> want)
{
    ++m_compared;
    if (!std::ranges::equal(got, want))
        blame(std::format("{} differs", what));
}

void CaseJudge::require(std::string_view what, bool holds)
{
    if (!holds)
        blame(std::format("{} differs in size", what));
}

void CaseJudge::inputs(std::initializer_list<std::string_view> names)
{
    for (const auto name : names)
        knows(name);
}

std::string CaseJudge::verdict() const
{
    if (!m_reason.empty())
        return m_reason;
    for (const auto &member : m_item.members())
        if (member.first != "id" && !std::ranges::contains(m_known, member.first))
            return std::format("{} is not known here", member.first);
    return m_compared == 0 ? "nothing to compare" : std::string();
}

} // namespace chrona::cli
