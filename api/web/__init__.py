"""The app itself, served beside the API: pages, hashed assets, headers, health."""
