// SPDX-License-Identifier: AGPL-3.0-or-later
#include "benchmarks.h"

namespace chrona::bench {

std::span<const Benchmark> allBenchmarks()
{
    static constexpr Benchmark kAll[] = {
        {"ipc", "round trips and a million rows over the local socket", benchIpc},
        {"ingest", "complete events, repeats and ticks into Postgres, fsync on; the feed parser",
         benchIngest},
        {"pipeline", "from the raw log to stored events for a minute, and the lag at the live rate",
         benchPipeline},
        {"polling", "463 feeds polled round after round against a replay server", benchPolling},
        {"enrichment", "topics, places, stories and vectors of 40,000 headlines", benchEnrichment},
        {"start", "first and later start of the service, to serving", benchStart},
        {"snapshot", "a million events to a client, from Postgres and from memory", benchSnapshot},
        {"stored", "the table over the whole database: walks, pages, filters", benchStored},
        {"brief", "a day's briefing, an hour's update, episodes, and a PDF of twenty pages",
         benchBrief},
        {"discovery", "the lag sweep, the whole search and its nightly increment", benchDiscovery},
        {"discovery-wide", "a search of 25 million values with its columns in a file",
         benchDiscoveryWide},
        {"features", "all vintages of the default features from 200,000 events", benchFeatures},
        {"flare", "a round of 100 providers, and from prices to a signed commit", benchFlare},
        {"idle", "memory and processor time of a service with nothing to do", benchIdle},
        {"layout", "pictures of graphs of 10,000 nodes, beside graphviz sfdp, and of 100,000",
         benchLayout},
        {"layout-100k", "the large ones beside sfdp, which takes minutes", benchLargeLayout},
        {"palette", "what is typed, among a million names", benchPalette},
        {"render", "frames of map, timeline and graph on the CPU, filters and sorting of rows",
         benchRender},
        {"render-window", "the map moved in a window: on the processor, and on graphics hardware",
         benchMapWindow},
        {"window", "the workstation's window: start, brush to pixels, memory, idle", benchWindow},
        {"oracle", "updates, answers and replay of the price engine", benchOracle},
        {"oracle-live", "streams, 13 venues at 5,000 ticks/s, and 63 feeds priced and stored",
         benchOracleLive},
    };
    return kAll;
}

} // namespace chrona::bench
