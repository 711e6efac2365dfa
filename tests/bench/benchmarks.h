// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "report.h"

#include <span>

namespace chrona::bench {

[[nodiscard]] Result<Report> benchIpc();
[[nodiscard]] Result<Report> benchIngest();
[[nodiscard]] Result<Report> benchEnrichment();
[[nodiscard]] Result<Report> benchPipeline();
[[nodiscard]] Result<Report> benchPolling();
[[nodiscard]] Result<Report> benchStart();
[[nodiscard]] Result<Report> benchSnapshot();
[[nodiscard]] Result<Report> benchStored();
[[nodiscard]] Result<Report> benchIdle();
[[nodiscard]] Result<Report> benchOracle();
[[nodiscard]] Result<Report> benchOracleLive();
[[nodiscard]] Result<Report> benchBrief();
[[nodiscard]] Result<Report> benchDiscovery();
[[nodiscard]] Result<Report> benchDiscoveryWide();
[[nodiscard]] Result<Report> benchFeatures();
[[nodiscard]] Result<Report> benchFlare();
[[nodiscard]] Status addIndexing(Report &report); ///< a part of benchFlare()
[[nodiscard]] Result<Report> benchLayout();
[[nodiscard]] Result<Report> benchLargeLayout();
[[nodiscard]] Result<Report> benchMapWindow();
[[nodiscard]] Result<Report> benchPalette();
[[nodiscard]] Result<Report> benchRender();
[[nodiscard]] Status addViews(Report &report); ///< a part of benchRender()
[[nodiscard]] Result<Report> benchWindow();

/// All of this build, in the order of --list.
[[nodiscard]] std::span<const Benchmark> allBenchmarks();

} // namespace chrona::bench
