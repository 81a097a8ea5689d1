# Where a record comes from and what depends on it, figures, and a table. Needs httr2 and jsonlite.
#
#   PROVTRAIL_URL=http://127.0.0.1:4000 PROVTRAIL_TOKEN=... Rscript walkthrough.R [DIRECTORY]
library(httr2)
library(jsonlite)

arguments <- commandArgs(trailingOnly = TRUE)
directory <- if (length(arguments) > 0) arguments[[1]] else "."

node <- request(Sys.getenv("PROVTRAIL_URL", "http://127.0.0.1:4000")) |>
  req_auth_bearer_token(Sys.getenv("PROVTRAIL_TOKEN"))

# The data of a GraphQL answer.
ask <- function(query, variables = NULL) {
  body <- list(query = query, variables = variables)
  answer <- node |>
    req_url_path_append("graphql") |>
    req_body_json(body, auto_unbox = TRUE) |>
    req_error(is_error = \(response) FALSE) |>
    req_perform() |>
    resp_body_json(simplifyVector = TRUE)
  if (!is.null(answer$errors)) stop(answer$errors$message[[1]])
  if (is.null(answer$data)) stop(answer$message)
  answer$data
}

# An export as a file; a transfer that breaks off is an error.
download <- function(path, what, format, ...) {
  node |>
    req_url_path_append("export") |>
    req_url_query(what = what, format = format, ...) |>
    req_perform(path = path)
  path
}

cat("1. A payment of a health plan\n")
found <- ask('{ records(filter: { type: "ExplanationOfBenefit" }, orderBy: SEQ_ASC, first: 1) { nodes { cid } } }')
payment <- found$records$nodes$cid[[1]]
cat("  ", payment, "\n")

cat("2. Where it comes from\n")
lineage <- ask('
  query Lineage($cid: CID!) {
    lineage(input: { roots: [{ cid: $cid }], direction: UPSTREAM, depthMax: 20 }) {
      nodes { cid type depth }
      edges { from to relation path }
      isComplete reason position
    }
  }
', list(cid = payment))$lineage
cat(sprintf("   %s %s\n", strrep("  ", lineage$nodes$depth), lineage$nodes$type), sep = "")
bounds <- if (lineage$isComplete) "all there is" else paste("NOT all:", lineage$reason)
cat(sprintf("   %d relations as of entry %d: %s\n", nrow(lineage$edges), lineage$position, bounds))

cat("3. What a correction of its claim would touch\n")
claim <- lineage$nodes$cid[lineage$nodes$type == "Claim"][[1]]
impact <- ask('
  query Impact($cid: CID!) {
    impact(input: { roots: [{ cid: $cid }] }) { count byType { type count } isComplete reason }
  }
', list(cid = claim))$impact
cat("  ", paste(impact$byType$count, impact$byType$type, collapse = ", "), "\n")
bounds <- if (impact$isComplete) "all there is" else paste("NOT all:", impact$reason)
cat(sprintf("   %d in all: %s\n", impact$count, bounds))

cat("4. What was claimed and paid\n")
totals <- ask("{
  analytics { claims { totals(by: [CLAIM_TYPE]) { groups { keys { id } claims billed paid } } } }
}")$analytics$claims$totals
keys <- vapply(totals$groups$keys, \(key) paste(key$id, collapse = " "), "")
print(data.frame(keys, totals$groups[c("claims", "billed", "paid")]))

cat("5. How many records of each type\n")
# the last line of an export says whether all rows came; without it a part is missing
rows <- readLines(download(file.path(directory, "records-r.jsonl"), "records", "jsonl", latestOnly = "true"))
end <- fromJSON(rows[[length(rows)]])$export
stopifnot(isTRUE(end$isComplete))
records <- stream_in(textConnection(rows[-length(rows)]), verbose = FALSE)
print(head(sort(table(records$type), decreasing = TRUE), 5))

cat("6. All claims as a table\n")
claims <- read.csv(download(file.path(directory, "claims-r.csv"), "claims", "csv"))
cat("  ", nrow(claims), "claims\n")
