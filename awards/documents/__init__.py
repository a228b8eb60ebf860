"""Pictures and documents: charts and maps as SVG, certificates as archivable PDF."""
