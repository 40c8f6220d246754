"""Bytes and pictures: where photos are kept and how they are looked at. Knows no Flask, no SQL."""
