// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "command.h"
#include "service_link.h"

/// What chronactl flare does beside following and submitting.
namespace chrona::cli {

/// Turns the value provider's interface on or off, and says how it stands.
[[nodiscard]] ExitCode provideValues(Invocation &invocation, ServiceLink &link);

void printProvided(std::ostream &out, const ipc::FlareProvideStatus &status);

[[nodiscard]] bool isFlareAction(std::string_view verb); ///< register, delegate, …
/// A transaction of an account of the provider: looked at, exported or sent.
[[nodiscard]] ExitCode actOnFlare(Invocation &invocation, ServiceLink &link,
                                  const std::string &verb);
/// Sends what was signed elsewhere.
[[nodiscard]] ExitCode sendToFlare(Invocation &invocation, ServiceLink &link);

[[nodiscard]] ExitCode showEconomics(Invocation &invocation, ServiceLink &link);

} // namespace chrona::cli
