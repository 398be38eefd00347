import { skillLines } from './skill-lines.ts';

export const DATA = [
  ...skillLines(
    'Databases',
    `
    SQL = structured query language; sql queries; ansi sql; sql abfragen; sql scripting
    MySQL = my sql
    PostgreSQL = postgres; postgre sql; postgresql; postgis; psql
    SQL Server = microsoft sql server; ms sql; mssql; ms sql server; sql server 2019; azure sql
    T-SQL = tsql; transact sql
    PL/SQL = plsql
    Oracle Database = oracle db; oracle; oracle 11g; oracle 12c; oracle 19c; oracle sql
    SQLite = sql lite
    MariaDB = maria db
    NoSQL = no sql
    MongoDB = mongo; mongo db; mongoose
    Redis
    Memcached
    Cassandra = apache cassandra
    DynamoDB = dynamo db
    Cosmos DB = cosmosdb; azure cosmos db
    Couchbase
    CouchDB
    Neo4j = neo 4j
    HBase
    InfluxDB
    TimescaleDB
    ClickHouse = click house
    Firebase = firestore; firebase realtime database
    Supabase
    Elasticsearch = elastic search; opensearch; elk; elk stack; elastic stack
    Solr = apache solr; lucene
    IBM Db2 = db2; ibm db2
    Teradata
    SAP HANA = s/4hana; s4hana; s/4 hana; hana
    Database design = data modeling; data modelling; database modeling; datenmodellierung; erd; schema design
    Database administration = dba; datenbankadministration; database tuning; query optimization; datenbanken
    Stored procedures = triggers and stored procedures
    Microsoft Access = ms access; access; access database; access datenbank
    `,
  ),
  ...skillLines(
    'Data and AI',
    `
    Machine learning = ml; maschinelles lernen; machine learning models; apprentissage automatique; aprendizaje automático
    Deep learning = neural networks; neuronale netze; cnn; rnn; lstm
    Artificial intelligence = ai; künstliche intelligenz; intelligence artificielle; inteligencia artificial
    Generative AI = genai; gen ai; generative ai
    Large language models = llm; llms; gpt; openai api; langchain; rag; retrieval augmented generation
    Prompt engineering
    Natural language processing = nlp; text mining; spacy; nltk
    Computer vision = opencv; image processing; bildverarbeitung; object detection; yolo
    Reinforcement learning
    Recommender systems = recommendation systems; recommendation engines
    Data science = data scientist; data science methods
    Data analysis = data analytics; datenanalyse; analyse de données; análisis de datos; analyzing data; data analyses
    Data engineering = data pipelines; data pipeline
    Data mining
    Data visualization = data visualisation; dashboards; dashboarding; datenvisualisierung
    Data governance = data stewardship; data quality; datenqualität; master data management; stammdatenpflege
    Data warehousing = data warehouse; dwh; dimensional modeling; star schema; kimball
    Data lake = data lakehouse; lakehouse; delta lake
    Big data
    Statistics = statistical analysis; statistical modeling; statistik; statistical modelling; statistiques
    Predictive modeling = predictive analytics; predictive modelling; forecasting models
    Time series analysis = time series; time series forecasting
    A/B testing = ab testing; split testing; a b testing
    Regression analysis = linear regression; logistic regression
    ETL = elt; extract transform load; etl pipelines
    Pandas = python pandas
    NumPy = num py
    SciPy
    scikit-learn = sklearn; scikit learn
    TensorFlow = tensor flow
    PyTorch = py torch
    Keras
    XGBoost = lightgbm; catboost
    Hugging Face = huggingface; transformers library
    MLflow = ml flow; kubeflow; mlops; ml ops
    Jupyter = jupyter notebook; jupyter notebooks; jupyterlab
    Matplotlib = seaborn; plotly
    Streamlit
    Apache Spark = spark; pyspark; spark sql; spark streaming
    Hadoop = mapreduce; hdfs; apache hadoop; cloudera; hortonworks
    Hive = apache hive; hiveql
    Kafka = apache kafka; kafka streams; confluent kafka
    Flink = apache flink
    Airflow = apache airflow
    NiFi = apache nifi
    dbt = data build tool
    Dagster
    Fivetran
    Talend
    Informatica = informatica powercenter; powercenter
    SSIS = sql server integration services
    SSRS = sql server reporting services
    SSAS = sql server analysis services
    Alteryx
    Snowflake = snowflake db; snowflake data cloud
    Databricks = azure databricks
    BigQuery = big query; google bigquery
    Redshift = amazon redshift; aws redshift
    Azure Synapse = synapse analytics
    Azure Data Factory = adf; data factory
    Power BI = powerbi; power bi desktop; microsoft power bi; ms power bi
    DAX = dax queries
    Power Query = m language
    Tableau = tableau desktop; tableau server
    Qlik = qlikview; qlik sense; qliksense
    Looker = lookml; looker studio; google data studio
    MicroStrategy
    SAP BusinessObjects = business objects; sap bo; crystal reports
    Cognos = ibm cognos
    Business intelligence = bi; bi tools; bi reporting
    SAS = sas programming; sas base; base sas; sas enterprise guide
    SPSS = ibm spss
    Stata
    RapidMiner
    KNIME
    GIS = arcgis; qgis; geographic information systems; esri
    Web scraping = beautifulsoup; scrapy; web crawling
    Bioinformatics
    `,
  ),
];
