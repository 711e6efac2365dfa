// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace chrona::tree {

struct FunctionLength {
    std::string name;
    std::size_t line;  ///< of the opening brace, from 1
    std::size_t lines; ///< of the body, both braces' lines included
};

/// The functions defined in C++ whose comments and literals are blanked. Told by braces and what
/// stands before them, without a compiler: lambdas count to the function around them.
[[nodiscard]] std::vector<FunctionLength> functionLengths(std::string_view code);

} // namespace chrona::tree
