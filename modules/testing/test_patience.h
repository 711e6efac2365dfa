// SPDX-License-Identifier: AGPL-3.0-or-later
// QTRY_… gives up after five seconds, which a machine that does other work may need for what takes
// a moment elsewhere. One that holds costs nothing more by waiting longer; only a failure comes
// later.
#pragma once

#include <QTest>

#include <chrono>

namespace chrona {
inline constexpr std::chrono::minutes kTestPatience{1};
}

#undef QTRY_VERIFY
#undef QTRY_VERIFY2
#undef QTRY_COMPARE
#undef QTRY_COMPARE_EQ
#undef QTRY_COMPARE_NE
#undef QTRY_COMPARE_LT
#undef QTRY_COMPARE_LE
#undef QTRY_COMPARE_GT
#undef QTRY_COMPARE_GE
#define QTRY_VERIFY(expr) QTRY_VERIFY_WITH_TIMEOUT(expr, chrona::kTestPatience)
#define QTRY_VERIFY2(expr, message) QTRY_VERIFY2_WITH_TIMEOUT(expr, message, chrona::kTestPatience)
#define QTRY_COMPARE(expr, expected)                                                               \
    QTRY_COMPARE_WITH_TIMEOUT(expr, expected, chrona::kTestPatience)
#define QTRY_COMPARE_EQ(one, other) QTRY_COMPARE_EQ_WITH_TIMEOUT(one, other, chrona::kTestPatience)
#define QTRY_COMPARE_NE(one, other) QTRY_COMPARE_NE_WITH_TIMEOUT(one, other, chrona::kTestPatience)
#define QTRY_COMPARE_LT(one, other) QTRY_COMPARE_LT_WITH_TIMEOUT(one, other, chrona::kTestPatience)
#define QTRY_COMPARE_LE(one, other) QTRY_COMPARE_LE_WITH_TIMEOUT(one, other, chrona::kTestPatience)
#define QTRY_COMPARE_GT(one, other) QTRY_COMPARE_GT_WITH_TIMEOUT(one, other, chrona::kTestPatience)
#define QTRY_COMPARE_GE(one, other) QTRY_COMPARE_GE_WITH_TIMEOUT(one, other, chrona::kTestPatience)
