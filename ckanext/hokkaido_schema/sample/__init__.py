"""The sample portal: real, factual content written by the project, loaded through CKAN's own actions."""
